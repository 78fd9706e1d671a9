import { join } from 'node:path'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { AppError } from '#shared/errors/app-error.ts'
import { folderOf, put } from '../testing/folder.ts'
import { imageHeadLines, imageLine, keyframeLine, videoHeadLines } from './lines.ts'
import type { ImageEntry, Manifest } from './manifest.ts'
import { parseManifest, readManifest } from './read-manifest.ts'

const IMAGES = '{"version":"1.1"}\n{"type":"images"}\n'
const VIDEO = `{"version":"1.0"}\n{"type":"video"}\n{"properties":{"name":"v.mp4","resolution":[4,2],"length":9}}\n`

const parse = (text: string | Uint8Array) => parseManifest([Buffer.from(text)], 'm.jsonl')

test("the manual's picture manifest, of version 1.0", async () => {
  const text = `{"version":"1.0"}
{"type":"images"}
{"name":"image1","extension":".jpg","width":720,"height":405,"meta":{"related_images":[]},"checksum":"548918ec4b56132a5cff1d4acabe9947"}
`
  expect(await parse(text)).toEqual({
    type: 'images',
    version: '1.0',
    entries: [
      {
        name: 'image1.jpg',
        width: 720,
        height: 405,
        checksum: '548918ec4b56132a5cff1d4acabe9947',
        related: [],
      },
    ],
  })
})

test("the manual's video manifest", async () => {
  const text = `{"version":"1.0"}
{"type":"video"}
{"properties":{"name":"video.mp4","resolution":[1280,720],"length":778}}
{"number":0,"pts":0,"checksum":"17bb40d76887b56fe8213c6fded3d540"}
{"number":135,"pts":486000,"checksum":"9da9b4d42c1206d71bf17a7070a05847"}
`
  expect(await parse(text)).toMatchObject({
    type: 'video',
    name: 'video.mp4',
    width: 1280,
    height: 720,
    length: 778,
    keyframes: [{ number: 0 }, { number: 135, pts: 486_000 }],
  })
})

test.each([
  ['only what is required', '{"name":"a","extension":".pcd"}', { name: 'a.pcd', related: null }],
  ['null for unknown', '{"name":"a","extension":"","width":null,"meta":null}', { name: 'a' }],
  ['half a size is none', '{"name":"a","extension":"","width":3}', { width: null, height: null }],
  ['keys nobody knows', '{"name":"a","extension":"","later":[1]}', { name: 'a' }],
  ['back slashes', '{"name":"b\\\\a","extension":".pcd"}', { name: 'b/a.pcd' }],
])('%s', async (_name, line, expected) => {
  const { entries } = (await parse(`${IMAGES}${line}\n`)) as { entries: ImageEntry[] } & Manifest
  expect(entries).toEqual([expect.objectContaining(expected)])
})

test.each([
  ['CRLF', (text: string) => text.replaceAll('\n', '\r\n')],
  ['empty lines', (text: string) => `${text.replaceAll('\n', '\n\n')}\n \n`],
  ['no end of the last line', (text: string) => text.trimEnd()],
  ['a byte order mark', (text: string) => `\ufeff${text}`],
])('%s changes nothing', async (_name, change) => {
  const text = `${IMAGES}{"name":"a","extension":".jpg"}\n{"name":"b","extension":".jpg"}\n`
  expect(await parse(change(text))).toEqual(await parse(text))
})

test.each([
  ['nothing', '', 1, /version is missing/],
  ['another version', '{"version":"2.0"}', 1, /version/],
  ['no type', '{"version":"1.1"}\n', 2, /type is missing/],
  ['another type', '{"version":"1.1"}\n{"type":"sound"}', 2, /type/],
  ['no JSON', `${IMAGES}{"name":`, 3, /not a JSON object/],
  ['a list', `${IMAGES}[1]`, 3, /expected object/],
  ['a name that is missing', `${IMAGES}{"extension":".jpg"}`, 3, /"name"/],
  ['a size of nothing', `${IMAGES}{"name":"a","extension":"","width":0,"height":1}`, 3, /"width"/],
  ['a name twice', `${IMAGES}${'{"name":"a","extension":""}\n'.repeat(2)}`, 4, /line 3/],
  ['no properties', '{"version":"1.1"}\n{"type":"video"}\n{"number":0,"pts":0}', 3, /properties/],
  ['no keyframe', VIDEO, 4, /no keyframe/],
  [
    'keyframes going back',
    `${VIDEO}{"number":3,"pts":1}\n{"number":2,"pts":2}`,
    5,
    /does not come after/,
  ],
  ['a keyframe behind the end', `${VIDEO}{"number":9,"pts":1}`, 4, /behind the last/],
  ['a line without end', `${IMAGES}{"name":"${'x'.repeat(1 << 21)}`, 3, /longer/],
])('%s is refused with its line', async (_name, text, line, problem) => {
  await expect(parse(text)).rejects.toMatchObject({
    code: 'MANIFEST_INVALID',
    params: { path: 'm.jsonl', line, problem: expect.stringMatching(problem) },
  })
})

test('bytes that are no text are refused', async () => {
  const bytes = Buffer.concat([Buffer.from(IMAGES), Buffer.from([0xff, 0xfe, 0x0a])])
  await expect(parse(bytes)).rejects.toMatchObject({ code: 'MANIFEST_INVALID' })
})

test('read from a file in pieces, beside an index that is stale', async () => {
  const lines = Array.from({ length: 3000 }, (_, at) => `{"name":"ü${at}","extension":".jpg"}`)
  const root = folderOf({ 'index.json': '{"0":99999}' })
  const path = put(join(root, 'manifest.jsonl'), `${IMAGES}${lines.join('\n')}\n`)
  const manifest = await readManifest(path)
  expect(manifest.type === 'images' && manifest.entries.at(-1)?.name).toBe('ü2999.jpg')
})

test('a file that is not there', async () => {
  const read = readManifest(join(folderOf(), 'manifest.jsonl'))
  await expect(read).rejects.toMatchObject({ code: 'MEDIA_NOT_FOUND' })
})

const checksum = fc.option(fc.stringMatching(/^[0-9a-f]{32}$/))
const path = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 20 }).map((text) =>
  // A back slash is read as Windows wrote it; what ends in a slash is a folder, and not listed.
  text.replaceAll('\\', '/').replace(/\/$/, '/a'),
)
const size = fc.integer({ min: 1, max: 9999 })
const entry = fc
  .record({ name: path, size: fc.option(fc.tuple(size, size)), checksum, related: fc.array(path) })
  .map(({ size: known, ...rest }) => ({
    ...rest,
    width: known?.[0] ?? null,
    height: known?.[1] ?? null,
  }))

test('what is written is read back, wherever the file is cut into pieces', async () => {
  const entries = fc.uniqueArray(entry, { selector: ({ name }) => name, maxLength: 20 })
  await fc.assert(
    fc.asyncProperty(entries, fc.integer({ min: 1, max: 50 }), async (written, piece) => {
      const bytes = Buffer.from([...imageHeadLines(), ...written.map(imageLine)].join('\n'))
      const pieces = Array.from({ length: Math.ceil(bytes.length / piece) }, (_, at) =>
        bytes.subarray(at * piece, (at + 1) * piece),
      )
      expect(await parseManifest(pieces, 'm')).toEqual({
        type: 'images',
        version: '1.1',
        entries: written,
      })
    }),
  )
})

test('a video is read back', async () => {
  const video = { name: 'v.mp4', width: 4, height: 2, length: 20 }
  const keyframes = [0, 7].map((number) => ({ number, pts: number * 512 - 9, checksum: null }))
  const text = [...videoHeadLines(video), ...keyframes.map(keyframeLine)].join('\n')
  expect(await parse(text)).toEqual({ type: 'video', version: '1.1', ...video, keyframes })
})

test('damaged manifests are read or refused with a line, never anything else', async () => {
  const good = `${IMAGES}${'{"name":"a","extension":".jpg","width":3,"height":4,"meta":{"related_images":["b"]}}\n'}`
  const change = fc.tuple(fc.nat(good.length - 1), fc.integer({ min: 0, max: 255 }))
  await fc.assert(
    fc.asyncProperty(fc.array(change, { maxLength: 4 }), fc.nat(good.length), async (bits, end) => {
      const bytes = Buffer.from(good)
      for (const [at, value] of bits) bytes[at] = value
      const outcome = await parse(bytes.subarray(0, end)).catch((error: unknown) => error)
      const refused = outcome instanceof AppError && outcome.code === 'MANIFEST_INVALID'
      expect(refused || (outcome as Manifest).type === 'images').toBe(true)
    }),
    { numRuns: 500 },
  )
})
