import { join } from 'node:path'
import { expect, test } from 'vitest'
import type { ScannedFrame } from '../../core/ports.ts'
import { createMediaScanner } from '../index.ts'
import { tarOf, zipOf } from '../testing/archives.ts'
import { folderOf, going, put } from '../testing/folder.ts'
import { HEIGHT, picture, WIDTH } from '../testing/pictures.ts'

const scanner = createMediaScanner()
const scan = (...paths: string[]) => scanner.scan(paths, { signal: going })
const namesOf = ({ frames }: { frames: readonly ScannedFrame[] }) => frames.map(({ name }) => name)

type Item = Readonly<Record<string, unknown>>

/** A manifest of pictures; an item is a name, or a name and more. */
function manifestOf(...items: readonly (string | [string, Item])[]): string {
  const lines = items.map((item) => {
    const [name, more] = typeof item === 'string' ? [item, {}] : item
    const dot = name.lastIndexOf('.')
    return JSON.stringify({ name: name.slice(0, dot), extension: name.slice(dot), ...more })
  })
  return ['{"version":"1.1"}', '{"type":"images"}', ...lines, ''].join('\n')
}

const videoManifest = (name: string, length = 9) =>
  [
    '{"version":"1.1"}',
    '{"type":"video"}',
    JSON.stringify({ properties: { name, resolution: [4, 2], length } }),
    '{"number":0,"pts":0}',
  ].join('\n')

test('in the folder: its order and its sizes', async () => {
  const jpeg = await picture('jpeg')
  const size = { width: WIDTH, height: HEIGHT }
  const manifest = manifestOf(['s/b.jpg', size], 'a.jpg', ['c.jpg', size])
  const root = folderOf({
    'a.jpg': jpeg,
    's/b.jpg': jpeg,
    'c.jpg': jpeg,
    'manifest.jsonl': manifest,
  })
  const { frames } = await scan(root)
  expect(frames.map(({ name, size: known }) => [name, known])).toEqual([
    ['s/b.jpg', size],
    ['a.jpg', undefined],
    ['c.jpg', size],
  ])
})

test('predefined keeps its order, other methods sort', async () => {
  const manifest = manifestOf('b.jpg', 'c.jpg', 'a.jpg')
  const root = folderOf({ 'a.jpg': '', 'b.jpg': '', 'c.jpg': '', 'manifest.jsonl': manifest })
  const { frames } = await scan(root)
  const all = { startFrame: 0, stopFrame: null, frameStep: 1, seed: 1 }
  const orderedBy = (sortingMethod: 'predefined' | 'natural') =>
    scanner.select(frames, { ...all, sortingMethod }).map(({ name }) => name)
  expect(orderedBy('predefined')).toEqual(['b.jpg', 'c.jpg', 'a.jpg'])
  expect(orderedBy('natural')).toEqual(['a.jpg', 'b.jpg', 'c.jpg'])
})

test('given by name, from anywhere and under any name', async () => {
  const root = folderOf({ 'a.jpg': '', 'b.jpg': '' })
  const path = put(join(folderOf(), 'order.jsonl'), manifestOf('b.jpg', 'a.jpg'))
  expect(namesOf(await scan(root, path))).toEqual(['b.jpg', 'a.jpg'])
})

test.each([
  ['zip', zipOf],
  ['tar', tarOf],
] as const)('inside a %s, and beside it', async (kind, pack) => {
  const pictures = ['a.jpg', 'b.jpg'].map((name) => ({ name, data: Buffer.from(name) }))
  const data = Buffer.from(manifestOf('b.jpg', 'a.jpg'))
  const inside = put(
    join(folderOf(), `a.${kind}`),
    pack(...pictures, { name: 'manifest.jsonl', data }),
  )
  expect(namesOf(await scan(inside))).toEqual(['b.jpg', 'a.jpg'])
  const folder = folderOf({ 'manifest.jsonl': data, [`a.${kind}`]: pack(...pictures) })
  expect(namesOf(await scan(join(folder, `a.${kind}`)))).toEqual(['b.jpg', 'a.jpg'])
})

test('beside an archive it may be of another one', async () => {
  const zip = zipOf({ name: 'a.jpg', data: Buffer.from('a') })
  const folder = folderOf({ 'a.zip': zip, 'manifest.jsonl': manifestOf('other.jpg') })
  expect(namesOf(await scan(join(folder, 'a.zip')))).toEqual(['a.jpg'])
})

test('files named one by one take their places from it, and it may list more', async () => {
  const root = folderOf({ 'x/a.jpg': '', 'y/a.jpg': '', 'y/b.jpg': '' })
  const path = put(join(root, 'm.jsonl'), manifestOf('y/b.jpg', 'y/a.jpg', 'x/a.jpg'))
  const found = await scan(join(root, 'x/a.jpg'), join(root, 'y/b.jpg'), path)
  expect(found.frames.map(({ entry }) => entry)).toEqual(['b.jpg', 'a.jpg'])
})

test('its context images, which are then no frames', async () => {
  const manifest = manifestOf(['s/a.jpg', { meta: { related_images: ['s/near.jpg', '../x.jpg'] } }])
  const root = folderOf({ 's/a.jpg': '', 's/near.jpg': '', 'manifest.jsonl': manifest })
  const { frames } = await scan(root)
  expect(frames).toMatchObject([{ name: 's/a.jpg', related: [{ entry: 's/near.jpg' }] }])
  expect(frames[0]?.related).toHaveLength(1)
})

test('without any named there, those of the folder stay', async () => {
  const manifest = manifestOf(['a.jpg', { meta: { related_images: [] } }])
  const files = { 'a.jpg': '', 'related_images/a_jpg/1.jpg': '', 'manifest.jsonl': manifest }
  expect((await scan(folderOf(files))).frames[0]?.related).toHaveLength(1)
})

test.each([
  ['missing', manifestOf('a.jpg', 'b.jpg', 'no.jpg'), /not there \(no.jpg\)$/],
  ['not listed', manifestOf('a.jpg'), /does not list \(b.jpg\)$/],
  ['both', manifestOf('a.jpg', 'x.jpg'), /not there \(x.jpg\); .*not list \(b.jpg\)$/],
  [
    'another size',
    manifestOf('b.jpg', ['a.jpg', { width: 9, height: 8 }]),
    /a.jpg is 40 × 20 .*9 × 8/,
  ],
  ['of a video', videoManifest('a.mp4'), null],
])('pictures: %s', async (_name, manifest, differences) => {
  const root = folderOf({ 'a.jpg': await picture('jpeg'), 'b.jpg': '', 'manifest.jsonl': manifest })
  const found = scan(root)
  if (differences === null) expect(namesOf(await found)).toHaveLength(2)
  else
    await expect(found).rejects.toMatchObject({
      code: 'MANIFEST_MISMATCH',
      params: {
        path: join(root, 'manifest.jsonl'),
        differences: expect.stringMatching(differences),
      },
    })
})

test('of many that differ ten are named', async () => {
  const names = Array.from({ length: 15 }, (_, at) => `n${at}.jpg`)
  const root = folderOf({ 'a.jpg': '', 'manifest.jsonl': manifestOf('a.jpg', ...names) })
  await expect(scan(root)).rejects.toThrow(/\(n0.jpg, .*n9.jpg and 5 more\)/)
})

test('who only looks for files is not stopped by it', async () => {
  const root = folderOf({ 'a.jpg': '', 'manifest.jsonl': manifestOf('gone.jpg') })
  expect(namesOf(await scanner.scan([root], { signal: going, useManifest: false }))).toEqual([
    'a.jpg',
  ])
})

test('two of them are refused by name', async () => {
  const path = put(join(folderOf(), 'm.jsonl'), manifestOf('a.jpg'))
  const root = folderOf({ 'a.jpg': '', 'manifest.jsonl': manifestOf('a.jpg') })
  await expect(scan(root, path)).rejects.toMatchObject({
    code: 'MANIFEST_TWICE',
    params: { first: path, second: join(root, 'manifest.jsonl') },
  })
  expect(namesOf(await scan(root, join(root, 'manifest.jsonl')))).toEqual(['a.jpg'])
})

test('something else of that name is nothing to us, unless it was given', async () => {
  const root = folderOf({ 'a.jpg': '', 'manifest.jsonl': '{"audio":"a.wav"}\n' })
  expect(namesOf(await scan(root))).toEqual(['a.jpg'])
  const given = scan(root, join(root, 'manifest.jsonl'))
  await expect(given).rejects.toMatchObject({ code: 'MANIFEST_INVALID', params: { line: 1 } })
})

test('a video is described by the manifest beside it, if it is of that video', async () => {
  const root = folderOf({ 'v.mp4': 'x', 'w.mp4': 'x', 'manifest.jsonl': videoManifest('v.mp4') })
  expect((await scan(join(root, 'v.mp4'))).video).toMatchObject({
    manifest: { width: 4, height: 2, length: 9, keyframes: [{ number: 0, pts: 0 }] },
  })
  expect((await scan(join(root, 'w.mp4'))).video).not.toHaveProperty('manifest')
  const given = scan(join(root, 'w.mp4'), join(root, 'manifest.jsonl'))
  await expect(given).rejects.toThrow(/it is of v.mp4, and not of w.mp4/)
})

test('pictures described as a video, and a video as pictures', async () => {
  const root = folderOf({ 'v.mp4': 'x', 'a.jpg': '' })
  const video = put(join(root, 'v.jsonl'), videoManifest('v.mp4'))
  const images = put(join(root, 'i.jsonl'), manifestOf('a.jpg'))
  await expect(scan(join(root, 'a.jpg'), video)).rejects.toThrow(/of a video, and these are/)
  await expect(scan(join(root, 'v.mp4'), images)).rejects.toThrow(/of pictures, and this is/)
})
