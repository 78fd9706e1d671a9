import { readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { buffer } from 'node:stream/consumers'
import { gzipSync } from 'node:zlib'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import yazl from 'yazl'
import { AppError } from '#shared/errors/app-error.ts'
import { createFrameReader, createMediaScanner } from '../index.ts'
import { type TarPart, tarOf, type ZipPart, zipOf } from '../testing/archives.ts'
import { collected, folderOf, going, recordsOf } from '../testing/folder.ts'
import { HEIGHT, picture, WIDTH } from '../testing/pictures.ts'

const png = await picture('png')
const jpeg = await picture('jpeg')
const big = Buffer.concat([png, Buffer.alloc(100_000)])

const inZip: ZipPart[] = [
  { name: 'stored.png', data: png },
  { name: 'sub/deflated.jpg', data: jpeg, deflate: true },
  { name: 'sub/照片 🚗.png', data: png, deflate: true },
  { name: 'large.png', data: big, deflate: true },
  { name: 'readme.txt', data: Buffer.from('hello') },
  { name: '__MACOSX/._stored.png', data: png },
  { name: 'link.png', data: Buffer.from('/etc/passwd'), mode: 0o120777 },
]
const inTar: TarPart[] = [
  { name: './stored.png', data: png },
  { name: 'sub/', data: Buffer.alloc(0), type: '5' },
  { name: 'link.png', data: Buffer.alloc(0), type: '2' },
  { name: '././@LongLink', data: Buffer.from(`sub/${'x'.repeat(150)}.jpg\0`), type: 'L' },
  { name: 'cut short', data: jpeg },
  { name: 'pax', data: Buffer.from('23 path=sub/照片 🚗.png\n'.replace('23', '28')), type: 'x' },
  { name: 'ascii.png', data: png },
  { name: 'readme.txt', data: Buffer.from('hello') },
]

async function scanned(path: string, cacheDir: string) {
  const scanner = createMediaScanner({ cacheDir })
  const scan = await scanner.scan([path], { signal: going })
  return { scanner, scan, frames: recordsOf(scan) }
}

test.each([
  ['zip', zipOf(...inZip), ['stored.png', 'sub/deflated.jpg', 'sub/照片 🚗.png', 'large.png']],
  ['tar', tarOf(...inTar), ['stored.png', `sub/${'x'.repeat(150)}.jpg`, 'sub/照片 🚗.png']],
  [
    'tar.gz',
    gzipSync(tarOf(...inTar)),
    ['stored.png', `sub/${'x'.repeat(150)}.jpg`, 'sub/照片 🚗.png'],
  ],
])(
  '%s: pictures are listed, their headers and bytes read in place',
  async (ending, data, names) => {
    const root = folderOf({ [`set.${ending}`]: data })
    const { scanner, scan, frames } = await scanned(join(root, `set.${ending}`), root)
    expect(frames.map((frame) => frame.name)).toEqual(names)
    expect(scan.otherFiles).toBe(1)

    const headers = (await collected(scanner.readHeaders(frames, going))).flat()
    expect(headers).toHaveLength(names.length)
    for (const header of headers)
      expect(header).toMatchObject({ status: 'ok', width: WIDTH, height: HEIGHT, problem: null })

    const reader = createFrameReader({ cacheDir: root })
    for (const frame of frames) {
      const { body } = await reader.read(frame, 'original')
      const expected = { 'large.png': big }[frame.name] ?? (frame.name.endsWith('jpg') ? jpeg : png)
      expect(Buffer.compare(body, expected)).toBe(0)
    }
    reader.close()
  },
)

test('a file has the same fingerprint inside an archive and outside', async () => {
  const root = folderOf({
    'a/x.png': big,
    'b.zip': zipOf({ name: 'y.png', data: big, deflate: true }),
    'c.tar': tarOf({ name: 'z.png', data: big }),
  })
  const scanner = createMediaScanner({ cacheDir: root })
  const paths = ['a', 'b.zip', 'c.tar'].map((path) => join(root, path))
  const scan = await scanner.scan(paths, { signal: going })
  expect(scan.frames.map((frame) => frame.name)).toEqual(['a/x.png', 'b/y.png', 'c/z.png'])
  const headers = (await collected(scanner.readHeaders(recordsOf(scan), going))).flat()
  expect(new Set(headers.map((header) => header.fingerprint)).size).toBe(1)
})

const GIB = 1024 ** 3

test.each<[string, string, Buffer, string, string]>([
  [
    'leads out (zip)',
    'a.zip',
    zipOf({ name: 'a/../../evil.png', data: png }),
    'evil.png',
    'leads out',
  ],
  [
    'leads out (tar)',
    'a.tar',
    tarOf({ name: '../evil.png', data: png }),
    '../evil.png',
    'leads out',
  ],
  [
    'is absolute',
    'a.zip',
    zipOf({ name: '/etc/evil.png', data: png }),
    '/etc/evil.png',
    'absolute',
  ],
  ['is absolute (tar)', 'a.tar', tarOf({ name: '/evil.png', data: png }), '/evil.png', 'absolute'],
  ['names a drive', 'a.zip', zipOf({ name: 'C:evil.png', data: png }), 'C:evil.png', 'drive'],
  [
    'has backslashes',
    'a.zip',
    zipOf({ name: '..\\evil.png', data: png }),
    '..\\evil.png',
    'backslash',
  ],
  ['has a NUL', 'a.zip', zipOf({ name: 'a\0.png', data: png }), 'a\ufffd.png', 'NUL'],
  [
    'claims to be enormous',
    'a.zip',
    zipOf({ name: 'bomb.png', data: png, deflate: true, declaredBytes: 2 * GIB }),
    'bomb.png',
    'would unpack',
  ],
  [
    'packs too well',
    'a.zip',
    zipOf({ name: 'bomb.png', data: png, deflate: true, declaredBytes: GIB / 4 }),
    'bomb.png',
    'would unpack',
  ],
])('an archive is refused whole when an entry %s', async (_name, file, data, entry, why) => {
  const root = folderOf({ [file]: data })
  const error = await scanned(join(root, file), root).catch((error: unknown) => error)
  expect(error).toMatchObject({ code: 'ARCHIVE_UNSAFE', message: expect.stringContaining(why) })
  expect(error).toMatchObject({ message: expect.stringContaining(entry) })
})

test('an entry that unpacks to more than it declared costs no more than what was declared', async () => {
  const lie = { name: 'bomb.png', data: Buffer.alloc(20e6), deflate: true, declaredBytes: 1000 }
  const root = folderOf({ 'a.zip': zipOf(lie) })
  const { frames } = await scanned(join(root, 'a.zip'), root)
  const reader = createFrameReader({ cacheDir: root })
  const [frame] = frames
  if (!frame) throw new Error('no frame')
  await expect(reader.read(frame, 'display')).rejects.toMatchObject({
    code: 'IMAGE_UNREADABLE',
    message: expect.stringContaining('another size than the archive says'),
  })
})

test('many entries that share their bytes are a bomb too', async () => {
  const parts = Array.from({ length: 12 }, (_, at) => ({
    name: `${at}.png`,
    data: Buffer.alloc(500),
    deflate: true,
    declaredBytes: 100 * 1024 ** 2,
  }))
  const root = folderOf({ 'a.zip': zipOf(...parts) })
  await expect(scanned(join(root, 'a.zip'), root)).rejects.toMatchObject({ code: 'ARCHIVE_UNSAFE' })
})

test.each<[string, string, Buffer, string]>([
  ['a zip cut short', 'a.zip', zipOf(...inZip).subarray(0, 900), 'cut short'],
  ['no zip at all', 'a.zip', Buffer.from('hello'), 'no zip at all'],
  ['an empty zip file', 'a.zip', Buffer.alloc(0), 'cut short'],
  ['a tar cut short', 'a.tar', tarOf(...inTar).subarray(0, 700), 'cut short'],
  ['no tar at all', 'a.tar', Buffer.alloc(2000, 'x'), 'no tar'],
  ['a tar.gz cut short', 'a.tgz', gzipSync(tarOf(...inTar)).subarray(0, 200), 'cut short'],
  ['no gzip at all', 'a.tar.gz', Buffer.alloc(2000, 'x'), 'damaged'],
  ['a zip with a password', 'a.zip', zipOf({ name: 'a.png', data: png, flags: 1 }), 'password'],
])('%s is refused with a remedy', async (_name, file, data, detail) => {
  const root = folderOf({ [file]: data })
  const error = await scanned(join(root, file), root).catch((error: unknown) => error)
  expect(error).toMatchObject({
    code: 'ARCHIVE_UNREADABLE',
    message: expect.stringContaining(detail),
    remedy: expect.stringMatching(/\w/),
  })
})

test('a frame whose archive is gone, or holds it no more, is missing', async () => {
  const root = folderOf({
    'a.zip': zipOf({ name: 'a.png', data: png }, { name: 'b.png', data: png }),
  })
  const path = join(root, 'a.zip')
  const { scanner, frames } = await scanned(path, root)
  const reader = createFrameReader({ cacheDir: root })
  const [first, second] = frames
  if (!first || !second) throw new Error('no frames')
  await reader.read(first, 'display')
  writeFileSync(path, zipOf({ name: 'a.png', data: big }))
  expect(Buffer.compare((await reader.read(first, 'original')).body, big)).toBe(0)
  await expect(reader.read(second, 'display')).rejects.toMatchObject({ code: 'FRAME_MISSING' })
  const [headers = []] = await collected(scanner.readHeaders(frames, going))
  expect(headers.map((header) => header.status)).toEqual(['ok', 'missing'])
})

test('a damaged entry is unreadable, the others are not', async () => {
  const data = zipOf({ name: 'a.png', data: png }, { name: 'b.png', data: png })
  data[100] = (data[100] ?? 0) ^ 0xff
  const root = folderOf({ 'a.zip': data })
  const { frames } = await scanned(join(root, 'a.zip'), root)
  const reader = createFrameReader({ cacheDir: root })
  const results = await Promise.allSettled(frames.map((frame) => reader.read(frame, 'display')))
  expect(results.map((result) => result.status)).toEqual(['rejected', 'fulfilled'])
})

test('more archives than are kept open can be read together', async () => {
  const zips = Array.from({ length: 12 }, (_, at) => [
    `${at}.zip`,
    zipOf({ name: 'a.png', data: png }),
  ])
  const root = folderOf(Object.fromEntries(zips))
  const scanner = createMediaScanner({ cacheDir: root })
  const scan = await scanner.scan(
    zips.map(([name]) => join(root, String(name))),
    { signal: going },
  )
  const reader = createFrameReader({ cacheDir: root })
  const bodies = await Promise.all(recordsOf(scan).map((frame) => reader.read(frame, 'original')))
  expect(bodies.every(({ body }) => Buffer.compare(body, png) === 0)).toBe(true)
  reader.close()
})

test('zip64 is read like any zip', async () => {
  const zip = new yazl.ZipFile()
  for (const name of ['a.png', 'b.png']) zip.addBuffer(big, name, { forceZip64Format: true })
  zip.end({ forceZip64Format: true, comment: '' })
  const root = folderOf({ 'a.zip': await buffer(zip.outputStream) })
  const { frames } = await scanned(join(root, 'a.zip'), root)
  const reader = createFrameReader({ cacheDir: root })
  const bodies = await Promise.all(frames.map((frame) => reader.read(frame, 'original')))
  expect(bodies.map(({ body }) => Buffer.compare(body, big))).toEqual([0, 0])
})

test.each([
  ['a.zip', zipOf(...inZip)],
  ['a.tar', tarOf(...inTar)],
])(
  '%s with any byte changed is read or refused with a sentence, never more',
  async (file, data) => {
    const root = folderOf({ [file]: data })
    const change = fc.tuple(fc.nat(data.length - 1), fc.nat(255))
    await fc.assert(
      fc.asyncProperty(fc.array(change, { minLength: 1, maxLength: 4 }), async (changes) => {
        const mutated = Buffer.from(data)
        for (const [at, value] of changes) mutated[at] = value
        writeFileSync(join(root, file), mutated)
        const result = await scanned(join(root, file), root).catch((error: unknown) => error)
        if (result instanceof Error) {
          expect(result).toBeInstanceOf(AppError)
          return
        }
        const { frames } = result as Awaited<ReturnType<typeof scanned>>
        const reader = createFrameReader({ cacheDir: root })
        for (const read of await Promise.allSettled(frames.map((f) => reader.read(f, 'original'))))
          if (read.status === 'rejected') expect(read.reason).toBeInstanceOf(AppError)
        reader.close()
      }),
    )
  },
)

test('a gzipped tar is unpacked once, for listing and reading alike', async () => {
  const root = folderOf({ 'a.tgz': gzipSync(tarOf({ name: 'a.png', data: png })) })
  const cacheDir = join(root, 'cache')
  const { frames } = await scanned(join(root, 'a.tgz'), cacheDir)
  const [name] = readdirSync(join(cacheDir, 'archives'))
  const reader = createFrameReader({ cacheDir })
  const [frame] = frames
  if (!frame || !name) throw new Error('nothing unpacked')
  await reader.read(frame, 'original')
  expect(readdirSync(join(cacheDir, 'archives'))).toEqual([name])
})
