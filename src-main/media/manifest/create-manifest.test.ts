import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import sharp from 'sharp'
import { expect, test } from 'vitest'
import { tarOf, zipOf } from '../testing/archives.ts'
import { folderOf, going, put } from '../testing/folder.ts'
import { bmp, HEIGHT, picture, WIDTH } from '../testing/pictures.ts'
import { createManifest, type ManifestOptions } from './create-manifest.ts'

function create(paths: readonly string[], outputDir: string, how: Partial<ManifestOptions> = {}) {
  return createManifest({
    paths,
    outputDir,
    sortingMethod: 'lexicographical',
    force: false,
    checksums: true,
    signal: going,
    progress: () => undefined,
    ...how,
  })
}

const manifestIn = (folder: string) => readFileSync(join(folder, 'manifest.jsonl'), 'latin1')
const itemsIn = (folder: string) =>
  manifestIn(folder)
    .trimEnd()
    .split('\n')
    .slice(2)
    .map((line) => JSON.parse(line))
const namesIn = (folder: string) => itemsIn(folder).map(({ name, extension }) => name + extension)

test('a folder: the lines of the specification, and where each begins', async () => {
  const pixels = Buffer.from([1, 2, 3, 4, 5, 6])
  const tiny = await sharp(pixels, { raw: { width: 2, height: 1, channels: 3 } })
    .png()
    .toBuffer()
  const out = folderOf()
  const report = await create([folderOf({ 'a.png': tiny, 'sub/ü.x.png': tiny })], out)
  const md5 = createHash('md5').update(pixels).digest('hex')
  expect(manifestIn(out)).toBe(
    [
      '{"version":"1.1"}',
      '{"type":"images"}',
      `{"name":"a","extension":".png","width":2,"height":1,"meta":{"related_images":[]},"checksum":"${md5}"}`,
      `{"name":"sub/\\u00fc.x","extension":".png","width":2,"height":1,"meta":{"related_images":[]},"checksum":"${md5}"}`,
      '',
    ].join('\n'),
  )
  const offsets = JSON.parse(readFileSync(join(out, 'index.json'), 'latin1'))
  const [first = 0, second = 0] = Object.values<number>(offsets)
  expect(Object.keys(offsets)).toEqual(['0', '1'])
  expect([first, manifestIn(out).slice(second, second + 14)]).toEqual([36, '{"name":"sub/\\'])
  expect(report).toMatchObject({ items: 2, replaced: false, problems: [] })
})

test('the size is the upright one, the checksum that of the pixels as they lie', async () => {
  const out = folderOf()
  const files = { 'a.png': await picture('png'), 'b.jpg': await picture('jpeg', 6) }
  await create([folderOf(files)], out)
  const [plain, turned] = itemsIn(out)
  const { data } = await sharp(files['b.jpg']).raw().toBuffer({ resolveWithObject: true })
  expect(plain).toMatchObject({ width: WIDTH, height: HEIGHT })
  expect(turned).toMatchObject({ width: HEIGHT, height: WIDTH })
  expect(turned.checksum).toBe(createHash('md5').update(data).digest('hex'))
})

test('one picture in several formats without loss has one checksum', async () => {
  const out = folderOf()
  const files = {
    'a.png': await picture('png'),
    'b.webp': await picture('webp'),
    'c.bmp': bmp(),
  }
  await create([folderOf(files)], out)
  const [first, ...others] = itemsIn(out).map(({ checksum }) => checksum)
  expect(others).toEqual([first, first])
})

test.each([
  ['lexicographical', ['f10.jpg', 'f9.jpg']],
  ['natural', ['f9.jpg', 'f10.jpg']],
] as const)('%s order', async (sortingMethod, expected) => {
  const out = folderOf()
  const jpeg = await picture('jpeg')
  const root = folderOf({ 'f9.jpg': jpeg, 'f10.jpg': jpeg })
  await create([root], out, { sortingMethod, checksums: false })
  expect(namesIn(out)).toEqual(expected)
  expect(itemsIn(out)[0]).not.toHaveProperty('checksum')
})

test('files named one by one have names below their common folder, in the order given', async () => {
  const out = folderOf()
  const jpeg = await picture('jpeg')
  const root = folderOf({ 'x/b/1.jpg': jpeg, 'x/a/1.jpg': jpeg, 'y.jpg': jpeg })
  const paths = [join(root, 'x/b/1.jpg'), join(root, 'x/a/1.jpg')]
  await create(paths, out, { sortingMethod: 'predefined' })
  expect(namesIn(out)).toEqual(['b/1.jpg', 'a/1.jpg'])
})

test('a glob counts from the folder before its first sign', async () => {
  const out = folderOf()
  const jpeg = await picture('jpeg')
  const root = folderOf({ 'x/a/1.jpg': jpeg, 'x/b/2.jpg': jpeg, 'x/b/2.png': jpeg })
  await create([join(root, 'x/**/*.jp[g]')], out)
  expect(namesIn(out)).toEqual(['a/1.jpg', 'b/2.jpg'])
})

test.each([
  ['zip', zipOf],
  ['tar', tarOf],
] as const)('a %s counts from its top, and context images are named', async (kind, pack) => {
  const out = folderOf()
  const data = await picture('jpeg')
  const parts = ['s/1.jpg', 's/related_images/1_jpg/b.jpg', 's/related_images/1_jpg/a.jpg']
  const path = put(join(folderOf(), `a.${kind}`), pack(...parts.map((name) => ({ name, data }))))
  await create([path], out)
  expect(itemsIn(out)).toMatchObject([
    {
      name: 's/1',
      meta: { related_images: ['s/related_images/1_jpg/a.jpg', 's/related_images/1_jpg/b.jpg'] },
      checksum: expect.stringMatching(/^[0-9a-f]{32}$/),
    },
  ])
})

test.each([
  ['Sly-like', ['pointcloud/x.pcd', 'related_images/x_pcd/c.jpg'], ['related_images/x_pcd/c.jpg']],
  [
    'KITTI',
    ['velodyne_points/data/7.bin', 'IMAGE_00/data/7.png', 'IMAGE_00/data/8.png', 'image_1/7.png'],
    ['IMAGE_00/data/7.png'],
  ],
  ['flat', ['x.pcd', 'x.png', 'y.png'], ['x.png']],
  ['a folder a frame', ['x/x.pcd', 'x/left.png', 'x/right.jpg'], ['x/left.png', 'x/right.jpg']],
  [
    'flat with more',
    ['s/a.b.pcd', 's/a.b.png', 'related_images/a.b_pcd/1.jpg'],
    ['related_images/a.b_pcd/1.jpg', 's/a.b.png'],
  ],
])('point clouds, %s', async (_name, files, related) => {
  const out = folderOf()
  await create([folderOf(Object.fromEntries(files.map((file) => [file, ''])))], out)
  const [first] = files
  const [item, ...more] = itemsIn(out)
  expect([item.name + item.extension, more]).toEqual([first, []])
  expect(item).toEqual({
    name: expect.any(String),
    extension: expect.any(String),
    meta: { related_images: related },
  })
})

test('a picture that cannot be read keeps its place and is named', async () => {
  const out = folderOf()
  const jpeg = await picture('jpeg')
  const root = folderOf({ 'a.jpg': jpeg, 'b.jpg': 'no picture', 'c.jpg': jpeg.subarray(0, 200) })
  const { problems, items } = await create([root], out)
  expect(items).toBe(3)
  expect(problems.map(({ name }) => name)).toEqual(['b.jpg', 'c.jpg'])
  expect(itemsIn(out)[1]).toEqual({ name: 'b', extension: '.jpg', meta: { related_images: [] } })
})

test('the same media give the same bytes, and an older manifest is replaced', async () => {
  const root = folderOf({ 'a.jpg': await picture('jpeg'), 'b.png': await picture('png') })
  await create([root], root)
  const first = [manifestIn(root), readFileSync(join(root, 'index.json'), 'utf8')]
  const { replaced } = await create([root], root)
  expect(replaced).toBe(true)
  expect([manifestIn(root), readFileSync(join(root, 'index.json'), 'utf8')]).toEqual(first)
})

test.each([
  ['manifest.jsonl', '{"audio":"a.wav","duration":1.2}\n'],
  ['index.json', '{"name":"my data"}'],
])('%s of something else is left alone', async (name, text) => {
  const out = folderOf({ [name]: text })
  const made = create([folderOf({ 'a.jpg': await picture('jpeg') })], out)
  await expect(made).rejects.toMatchObject({ code: 'EXPORT_NOT_WRITABLE' })
  expect(readdirSync(out)).toEqual([name])
  expect(readFileSync(join(out, name), 'utf8')).toBe(text)
})

test('cancelled half way, nothing is left', async () => {
  const jpeg = await picture('jpeg')
  const names = Array.from({ length: 30 }, (_, at) => [`${at}.jpg`, jpeg])
  const out = join(folderOf(), 'new')
  const controller = new AbortController()
  const progress = (done: number) => done === 10 && controller.abort()
  const root = folderOf(Object.fromEntries(names))
  const made = create([root], out, { signal: controller.signal, progress })
  await expect(made).rejects.toMatchObject({ code: 'CANCELLED' })
  expect(existsSync(out) ? readdirSync(out) : []).toEqual([])
})

test('a folder where a file stands cannot be made', async () => {
  const root = folderOf({ 'a.jpg': await picture('jpeg'), file: '' })
  mkdirSync(join(root, 'sub'))
  const made = create([root], join(root, 'file'))
  await expect(made).rejects.toMatchObject({ code: 'EXPORT_NOT_WRITABLE' })
})
