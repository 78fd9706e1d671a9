import { createHash } from 'node:crypto'
import { cp, mkdir, readdir, readFile, rm, stat, truncate, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import JSZip from 'jszip'
import { expect, test } from 'vitest'
import { tinyModel } from '../onnx/testing/tiny-onnx.ts'
import { giveFile, serve } from './download/testing.ts'
import { copyPack, emptyYolo, openLibrary, shippedDir } from './library-fixture.ts'

const DESK = join(shippedDir, 'desk-detect', 'desk-detect.onnx')

async function zipOf(files: Record<string, Uint8Array | string>): Promise<Buffer> {
  const zip = new JSZip()
  for (const [name, content] of Object.entries(files)) zip.file(name, content)
  return zip.generateAsync({ type: 'nodebuffer', compression: 'DEFLATE' })
}

const zippedPack = async (folder: string, prefix = '') => {
  const names = await readdir(folder)
  const files = await Promise.all(
    names.map(async (name) => [`${prefix}${name}`, await readFile(join(folder, name))] as const),
  )
  return zipOf(Object.fromEntries(files))
}

test('a bare file is a model afterwards, with its hash and its size', async () => {
  const { install, library, models, left } = await openLibrary()
  const progress: string[] = []
  const model = await install(
    { from: DESK, id: 'my-desk', name: 'My desk' },
    {
      onProgress: (_share, message) => void progress.push(message),
    },
  )
  expect(model).toMatchObject({
    id: 'my-desk',
    functionId: 'onnx/my-desk',
    origin: 'installed',
    folder: join(models, 'my-desk'),
    problem: null,
    manifest: {
      name: 'My desk',
      files: {
        model: {
          path: 'desk-detect.onnx',
          sha256: createHash('sha256')
            .update(await readFile(DESK))
            .digest('hex'),
          sizeBytes: 2668036,
        },
      },
    },
  })
  expect(progress).toContain('Loading it once')
  expect((await library.list()).map(({ id }) => id)).toContain('my-desk')
  expect(await left()).toEqual(['.staging', 'my-desk'])
  expect(await readdir(join(models, '.staging'))).toEqual([])
})

test('one that cannot be loaded is called by its name, not by where it lay while it was tried', async () => {
  const { install, models } = await openLibrary()
  const numbers = { type: 'float32', dims: [1, 6, 84] } as const
  const bytes = tinyModel({
    inputs: { images: { type: 'float32', dims: [1, 3, 64, 64] } },
    outputs: { output0: numbers },
    nodes: [{ op: 'Frobnicate', inputs: ['images'], outputs: ['output0'] }],
  })
  const path = join(models, '..', 'odd.onnx')
  await writeFile(path, bytes)
  const error = await install({ from: path, id: 'odd', labels: ['a', 'b'] }).then(
    () => '',
    (thrown: Error) => thrown.message,
  )
  expect(error).toMatch(/^The model odd could not run: .*Frobnicate/)
  expect(error).not.toContain(models)
})

test('a folder, its manifest and its zip are the same pack, with the card', async () => {
  const { install, folder, library } = await openLibrary()
  const pack = await copyPack(join(folder, 'pack'))
  await writeFile(join(folder, 'pack.zip'), await zippedPack(pack, 'wrapped/'))
  for (const from of [pack, join(pack, 'manifest.json'), join(folder, 'pack.zip')]) {
    const model = await install({ from })
    expect(model.card).toContain('**Measured**')
    expect(model.manifest.parameters).toMatchObject({ threshold: 0.35 })
    await library.remove('mine')
  }
})

test('only what belongs to it comes along', async () => {
  const { install, folder, models } = await openLibrary()
  const pack = await copyPack(join(folder, 'pack'))
  await writeFile(join(pack, 'diary.txt'), 'dear diary')
  await install({ from: pack })
  expect((await readdir(join(models, 'mine'))).sort()).toEqual([
    'README.md',
    'desk-detect.onnx',
    'manifest.json',
  ])
})

test('weights beside the file come along', async () => {
  const { install, folder, models } = await openLibrary()
  const from = join(folder, 'net.onnx')
  const zeros = { type: 'float32', dims: [1, 6, 21] } as const
  await writeFile(
    from,
    tinyModel({
      inputs: { images: { type: 'float32', dims: [1, 3, 32, 32] } },
      outputs: { output0: { type: 'float32', dims: [1, 6, 21] } },
      initializers: { zeros: { ...zeros, location: 'net.onnx.data', offset: 0, length: 504 } },
      nodes: [
        { op: 'ReduceMin', inputs: ['images'], outputs: ['least'], attributes: { keepdims: 0 } },
        { op: 'Mul', inputs: ['zeros', 'least'], outputs: ['output0'] },
      ],
    }),
  )
  await writeFile(join(folder, 'net.onnx.data'), new Uint8Array(504))
  await install({ from, labels: ['cat', 'dog'] })
  expect((await readdir(join(models, 'net'))).sort()).toEqual([
    'manifest.json',
    'net.onnx',
    'net.onnx.data',
  ])
  await rm(join(folder, 'net.onnx.data'))
  await expect(install({ from, id: 'other', labels: ['cat', 'dog'] })).rejects.toMatchObject({
    message: expect.stringContaining('not beside it'),
  })
})

test('one of the same id is in the way, until it is replaced as a whole', async () => {
  const { install, folder, models } = await openLibrary()
  await install({ from: await copyPack(join(folder, 'a')) })
  const other = await copyPack(join(folder, 'b'), (manifest) => {
    manifest.name = 'Second'
    delete manifest.card
  })
  await expect(install({ from: other })).rejects.toMatchObject({ code: 'MODEL_EXISTS' })
  expect(await install({ from: other, overwrite: true })).toMatchObject({
    manifest: { name: 'Second' },
    card: '',
  })
  expect((await readdir(join(models, 'mine'))).sort()).toEqual([
    'desk-detect.onnx',
    'manifest.json',
  ])
  expect(await readdir(join(models, '.trash'))).toEqual([])
})

test('what ships stays', async () => {
  const { install, library } = await openLibrary()
  const refused = { code: 'MODEL_SHIPPED' }
  await expect(install({ from: DESK, overwrite: true })).rejects.toMatchObject(refused)
  await expect(library.remove('desk-detect')).rejects.toMatchObject(refused)
  await expect(library.remove('nobody')).rejects.toMatchObject({ code: 'NOT_FOUND' })
})

test('a damaged pack can be removed', async () => {
  const { install, library, models } = await openLibrary()
  await install({ from: DESK, id: 'hurt' })
  await truncate(join(models, 'hurt', 'manifest.json'), 10)
  expect((await library.list()).find(({ id }) => id === 'hurt')?.problem).not.toBeNull()
  await library.remove('hurt')
  expect((await library.list()).map(({ id }) => id)).not.toContain('hurt')
})

const nan = () =>
  tinyModel({
    inputs: { images: { type: 'float32', dims: [1, 3, 32, 32] } },
    outputs: { output0: { type: 'float32', dims: [1, 6, 21] } },
    initializers: {
      nothing: { type: 'float32', dims: [1, 6, 21], data: new Float32Array(126).fill(Number.NaN) },
    },
    nodes: [
      { op: 'ReduceMin', inputs: ['images'], outputs: ['least'], attributes: { keepdims: 0 } },
      { op: 'Add', inputs: ['nothing', 'least'], outputs: ['output0'] },
    ],
    metadata: { names: "{0: 'cat', 1: 'dog'}", task: 'detect' },
  })

test.each([
  ['a family it does not fit', { family: 'yolox' }, emptyYolo, 'MODEL_MISFIT'],
  ['numbers that are none', {}, nan, 'MODEL_OUTPUT_INVALID'],
  [
    'an operator nobody knows',
    { labels: ['cat', 'dog'] },
    () =>
      tinyModel({
        inputs: { images: { type: 'float32', dims: [1, 3, 32, 32] } },
        outputs: { output0: { type: 'float32', dims: [1, 6, 21] } },
        nodes: [{ op: 'Conjure', inputs: ['images'], outputs: ['output0'] }],
      }),
    /^MODEL_/,
  ],
  ['half of its bytes', {}, () => emptyYolo().slice(0, 700), 'MODEL_UNREADABLE'],
  ['a pickle', {}, () => Buffer.from('\x80\x04}q\x00.', 'latin1'), 'MODEL_UNREADABLE'],
  [
    'no names of its classes',
    {},
    () =>
      tinyModel({
        inputs: { images: { type: 'float32', dims: [1, 3, 32, 32] } },
        outputs: { output0: { type: 'float32', dims: [1, 7, 21] } },
        nodes: [{ op: 'Identity', inputs: ['images'], outputs: ['output0'] }],
      }),
    'MODEL_INCOMPLETE',
  ],
])('nothing is left of a model with %s', async (_name, said, bytes, code) => {
  const { install, folder, models } = await openLibrary()
  const from = join(folder, 'net.onnx')
  await writeFile(from, bytes())
  const refused = install({ from, ...said })
  await expect(refused).rejects.toThrow()
  const { code: told } = await refused.catch((error) => error.body ?? error)
  expect(told).toMatch(code)
  expect((await readdir(models)).filter((name) => !name.startsWith('.'))).toEqual([])
  expect(await readdir(join(models, '.staging')).catch(() => [])).toEqual([])
})

test.each([
  ['out of the folder', '../../evil.onnx'],
  ['an absolute path', '/tmp/evil.onnx'],
  ['out of it in the Windows way', '..\\evil.onnx'],
])('a zip with a name that leads %s is refused whole', async (_name, name) => {
  const { install, folder, models } = await openLibrary()
  // jszip tidies names up: the bytes are changed afterwards, in both lists of the archive.
  const place = 'x'.repeat(name.length)
  const bytes = (await zipOf({ [place]: emptyYolo() })).toString('latin1').replaceAll(place, name)
  await writeFile(join(folder, 'evil.zip'), Buffer.from(bytes, 'latin1'))
  await expect(install({ from: join(folder, 'evil.zip') })).rejects.toMatchObject({
    code: 'ARCHIVE_UNSAFE',
  })
  expect(await readdir(join(models, '.staging'))).toEqual([])
  expect(await stat(join(folder, '..', 'evil.onnx')).catch(() => null)).toBeNull()
})

test('a zip that would grow without end is refused', async () => {
  const { install, folder } = await openLibrary()
  await writeFile(join(folder, 'bomb.zip'), await zipOf({ 'net.onnx': new Uint8Array(2 ** 26) }))
  await expect(install({ from: join(folder, 'bomb.zip') })).rejects.toMatchObject({
    code: 'ARCHIVE_UNSAFE',
    message: expect.stringContaining('zip bombs'),
  })
})

test.each([
  ['cut off', (bytes: Buffer) => bytes.subarray(0, bytes.length - 30)],
  [
    'changed in the middle',
    (bytes: Buffer) => {
      const changed = Buffer.from(bytes)
      changed.fill(0xff, 200, 260)
      return changed
    },
  ],
])('a zip that is %s is refused', async (_name, harm) => {
  const { install, folder } = await openLibrary()
  await writeFile(join(folder, 'a.zip'), harm(await zipOf({ 'net.onnx': emptyYolo() })))
  await expect(install({ from: join(folder, 'a.zip') })).rejects.toMatchObject({
    code: expect.stringMatching(/^(ARCHIVE|MODEL)_UNREADABLE$/),
  })
})

test('another file than its manifest promises is refused', async () => {
  const { install, folder } = await openLibrary()
  const from = await copyPack(join(folder, 'pack'))
  await writeFile(join(from, 'desk-detect.onnx'), emptyYolo())
  await expect(install({ from })).rejects.toMatchObject({ code: 'MODEL_CHECKSUM_WRONG' })
})

test('from an address: a bare file, a zip, and a manifest with what it names', async () => {
  const { install, library, folder, models, entries } = await openLibrary()
  const pack = await copyPack(join(folder, 'pack'))
  const files: Record<string, Uint8Array> = {
    '/net.onnx': emptyYolo(),
    '/pack.zip': await zippedPack(pack),
    '/packs/manifest.json': await readFile(join(pack, 'manifest.json')),
    '/packs/desk-detect.onnx': await readFile(DESK),
    '/mine.yaml': Buffer.from(
      'type: yolov8\nname: by-yaml\nmodel_path: /home/jane/net.onnx\nclasses: [cat, dog]\n',
    ),
  }
  const server = await serve((request, response) => {
    const file = files[request.url?.split('?')[0] ?? '']
    if (file) giveFile(request, response, file)
    else response.writeHead(404).end()
  })
  expect(await install({ from: `${server.url}/net.onnx?download=true` })).toMatchObject({
    id: 'net',
  })
  expect(await install({ from: `${server.url}/pack.zip` })).toMatchObject({ id: 'mine' })
  await library.remove('mine')
  expect(await install({ from: `${server.url}/packs/manifest.json` })).toMatchObject({
    id: 'mine',
    card: '',
  })
  expect(await install({ from: `${server.url}/mine.yaml` })).toMatchObject({
    id: 'by-yaml',
    manifest: { labels: [{ name: 'cat' }, { name: 'dog' }] },
  })
  expect(entries.map(({ url, status }) => [url.replace(server.url, ''), status])).toContainEqual([
    '/packs/desk-detect.onnx',
    200,
  ])
  // What arrived whole, and was installed, is not kept twice.
  expect(await readdir(join(models, '.downloads'))).toEqual([])
})

test('what was downloaded is kept when the model itself is refused, and not sent again', async () => {
  const { install } = await openLibrary()
  const server = await serve((request, response) => giveFile(request, response, emptyYolo()))
  const from = `${server.url}/net.onnx`
  await expect(install({ from, family: 'yolox' })).rejects.toThrow()
  await install({ from })
  expect(server.asked).toEqual(['', `bytes=${emptyYolo().length}-`])
})

test.each([
  ['a page', '<!doctype html><html>log in</html>', 'DOWNLOAD_REFUSED'],
  ['something else', 'just text', 'MODEL_UNREADABLE'],
])('an address that gives %s', async (_name, body, code) => {
  const { install, models } = await openLibrary()
  const server = await serve((_request, response) => void response.end(body))
  await expect(install({ from: `${server.url}/net.onnx` })).rejects.toMatchObject({ code })
  expect((await readdir(models)).filter((name) => !name.startsWith('.'))).toEqual([])
})

test('cancelled in the middle: nothing is there, and what came is kept', async () => {
  const { install, models } = await openLibrary()
  const stop = new AbortController()
  const server = await serve((request, response, nth) => {
    if (nth > 1) return giveFile(request, response, emptyYolo())
    response.writeHead(200, { etag: '"one"', 'content-length': emptyYolo().length })
    response.write(emptyYolo().subarray(0, 500))
  })
  const from = `${server.url}/net.onnx`
  const onProgress = (share: number | null) => void ((share ?? 0) > 0 && stop.abort())
  await expect(install({ from }, { signal: stop.signal, onProgress })).rejects.toMatchObject({
    code: 'CANCELLED',
  })
  expect((await readdir(models)).filter((name) => !name.startsWith('.'))).toEqual([])
  await install({ from })
  expect(server.asked[1]).toBe('bytes=500-')
})

test('what a process that was killed left behind is gone at the next start', async () => {
  const before = await openLibrary()
  await before.install({ from: DESK, id: 'kept' })
  // Killed between the two renames of a replacement, and in the middle of putting another together.
  await mkdir(join(before.models, '.trash'), { recursive: true })
  await cp(join(before.models, 'kept'), join(before.models, '.trash', 'kept'), { recursive: true })
  await rm(join(before.models, 'kept'), { recursive: true })
  await mkdir(join(before.models, '.staging', 'pack-x'), { recursive: true })
  await mkdir(join(before.models, '.trash', 'removed.gone'))
  const { library, left } = await openLibrary(before.folder)
  expect((await library.list()).find(({ id }) => id === 'kept')).toMatchObject({ problem: null })
  expect(await left()).toEqual(['kept'])
})

test('two orders of one address at once: both get their model', async () => {
  const { install } = await openLibrary()
  const server = await serve((request, response) => giveFile(request, response, emptyYolo()))
  const from = `${server.url}/net.onnx`
  const both = await Promise.all([install({ from, id: 'one' }), install({ from, id: 'two' })])
  expect(both.map(({ id }) => id)).toEqual(['one', 'two'])
})

test('a device nobody has is refused, one that is there is remembered', async () => {
  const { library, models } = await openLibrary()
  const chosen = library.setExecutionProvider('desk-detect', 'quantum')
  await expect(chosen).rejects.toMatchObject({ code: 'MODEL_DEVICE_UNKNOWN' })
  expect(await library.setExecutionProvider('desk-detect', 'cpu')).toMatchObject({
    executionProvider: 'cpu',
  })
  expect(JSON.parse(await readFile(join(models, 'settings.json'), 'utf8'))).toMatchObject({
    executionProviders: { 'desk-detect': 'cpu' },
  })
  expect(await library.setExecutionProvider('desk-detect', null)).toMatchObject({
    executionProvider: null,
  })
})

test('memory for models is bounded by what a person says, also later', async () => {
  const { library, models } = await openLibrary()
  await library.setMemoryLimit(2 ** 30)
  expect(await library.devices()).toMatchObject({ memoryLimit: 2 ** 30, memoryUsed: 0 })
  expect(await readFile(join(models, 'settings.json'), 'utf8')).toContain(
    '"memoryLimit": 1073741824',
  )
})

test.each(['desk-detect', 'desk-sam', 'desk-track', 'desk-reid'])('%s is measured', async (id) => {
  const { library } = await openLibrary()
  const work = { signal: new AbortController().signal, onProgress: () => {} }
  const [cpu] = await library.bench(id, work)
  expect(cpu).toMatchObject({
    executionProvider: 'cpu',
    title: 'CPU',
    problem: '',
    runs: expect.any(Number),
  })
  expect(cpu?.runs).toBeGreaterThan(2)
  expect(cpu?.p90Ms).toBeGreaterThanOrEqual(cpu?.medianMs ?? Number.NaN)
  const model = (await library.list()).find((one) => one.id === id)
  expect(model?.speedMs).toBe(cpu?.medianMs)
})

test('what is not installed is tried on a picture', async () => {
  const { library } = await openLibrary()
  const { manifest } = await library.inspect(DESK)
  const rgb = new Uint8Array(64 * 64 * 3)
  const picture = {
    key: 'k',
    what: 'a picture',
    pixels: async () => ({ width: 64, height: 64, rgb }),
    encoded: async () => ({ contentType: '', bytes: new Uint8Array() }),
  }
  expect(await library.try(DESK, manifest, picture)).toMatchObject({ detections: [] })
  const track = await library.inspect(join(shippedDir, 'desk-track'))
  await expect(
    library.try(join(shippedDir, 'desk-track'), track.manifest, picture),
  ).rejects.toMatchObject({ code: 'FUNCTION_WRONG_KIND' })
})
