import { existsSync, readdirSync, rmSync, utimesSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import sharp from 'sharp'
import { expect, test } from 'vitest'
import type { FrameReader, FrameRecord } from '../../core/ports.ts'
import { createFrameReader, createMediaScanner } from '../index.ts'
import { folderOf, going, recordsOf } from '../testing/folder.ts'
import {
  bmp,
  deepGray,
  deepPng,
  grayTiff,
  HEIGHT,
  paletteBmp,
  picture,
  pixelsOf,
  topCorners,
  UPRIGHT_CORNERS,
  WIDTH,
} from '../testing/pictures.ts'

interface Opened {
  readonly root: string
  readonly reader: FrameReader
  readonly frame: FrameRecord
}

/** A folder with one picture, its frame and a reader. */
async function opened(name: string, data: Uint8Array): Promise<Opened> {
  const root = folderOf({ [name]: data })
  const scan = await createMediaScanner().scan([root], { signal: going })
  const [frame] = recordsOf(scan)
  if (!frame) throw new Error('no frame')
  return { root, frame, reader: createFrameReader({ cacheDir: join(root, '.cache') }) }
}

test.each([
  ['a.jpg', 'image/jpeg', await picture('jpeg')],
  ['a.png', 'image/png', await picture('png')],
  ['a.webp', 'image/webp', await picture('webp')],
  ['a.gif', 'image/gif', await picture('gif')],
  ['a.avif', 'image/avif', await picture('avif')],
  ['a.bmp', 'image/bmp', bmp()],
])('%s goes out as its own bytes', async (name, contentType, data) => {
  const { reader, frame } = await opened(name, data)
  for (const quality of ['original', 'upright', 'display'] as const) {
    const bytes = await reader.read(frame, quality)
    expect(bytes).toMatchObject({ contentType, exifTurned: false })
    expect(Buffer.compare(bytes.body, data)).toBe(0)
  }
})

test.each([
  ['a.tif', await picture('tiff')],
  ['palette.bmp', paletteBmp()],
])('%s is shown as an 8-bit PNG', async (name, data) => {
  const { reader, frame } = await opened(name, data)
  const { contentType, body } = await reader.read(frame, 'display')
  const { width, height, pixel } = await pixelsOf(body)
  expect({ contentType, width, height }).toEqual({
    contentType: 'image/png',
    width: WIDTH,
    height: HEIGHT,
  })
  expect(pixel(2, 2)[0]).toBeGreaterThan(250)
  expect((await reader.read(frame, 'original')).contentType).toBe('image/png')
  expect(Buffer.compare((await reader.read(frame, 'upright')).body, data)).toBe(0)
})

test.each(UPRIGHT_CORNERS)(
  'a crop of EXIF orientation %i is of the upright picture',
  async (turn, left, right) => {
    const { reader, frame } = await opened('a.jpg', await picture('jpeg', turn))
    const { width, height } = await pixelsOf((await reader.read(frame, 'thumbnail')).body)
    const whole = { left: -5, top: -5, right: 1000, bottom: 1000 }
    const all = await reader.crop(frame, whole)
    expect(all.contentType).toBe('image/webp')
    expect(await pixelsOf(all.body)).toMatchObject({ width, height })
    expect(await topCorners(all.body)).toEqual([left, right])
    const half = { ...whole, left: Math.ceil(width / 2), bottom: Math.floor(height / 2) }
    expect(await topCorners((await reader.crop(frame, half)).body)).toEqual([right, right])
  },
)

test('a crop beside the picture is refused', async () => {
  const { reader, frame } = await opened('a.png', await picture('png'))
  const beside = { left: WIDTH, top: 0, right: WIDTH + 5, bottom: 5 }
  await expect(reader.crop(frame, beside)).rejects.toMatchObject({ code: 'INPUT_INVALID' })
})

const turned = (['jpeg', 'png', 'webp', 'tiff'] as const).flatMap((format) =>
  UPRIGHT_CORNERS.map(([turn, left, right]) => ({ format, turn, left, right })),
)

test.each(turned)('$format with EXIF orientation $turn is turned exactly once', async (row) => {
  const { reader, frame } = await opened(`a.${row.format}`, await picture(row.format, row.turn))
  for (const quality of ['upright', 'display', 'thumbnail'] as const) {
    const bytes = await reader.read(frame, quality)
    // What a decoder that follows EXIF shows; where there is no turn left, one that ignores it shows the same.
    const seen = await sharp(bytes.body).autoOrient().png().toBuffer()
    expect(await topCorners(seen)).toEqual([row.left, row.right])
    if (!bytes.exifTurned) expect(await topCorners(bytes.body)).toEqual([row.left, row.right])
    const leftToOthers = quality === 'display' && row.format === 'jpeg' && row.turn !== 1
    expect(bytes.exifTurned).toBe(leftToOthers)
  }
})

test('upright keeps the format, the colour profile and the full colour resolution of a JPEG', async () => {
  const jpeg = await sharp(await picture('jpeg', 6))
    .withMetadata({ orientation: 6, icc: 'p3' })
    .jpeg()
    .toBuffer()
  const { reader, frame } = await opened('a.jpg', jpeg)
  const { contentType, body } = await reader.read(frame, 'upright')
  const facts = await sharp(body).metadata()
  expect(contentType).toBe('image/jpeg')
  expect(facts).toMatchObject({ chromaSubsampling: '4:4:4', hasProfile: true })
  expect(facts.orientation ?? 1).toBe(1)
})

test('upright keeps all 16 bits of a turned TIFF', async () => {
  const { reader, frame } = await opened('a.tif', grayTiff(deepGray(), 1, 6))
  const { contentType, body } = await reader.read(frame, 'upright')
  expect(contentType).toBe('image/tiff')
  const values = await sharp(body).toColourspace('grey16').raw({ depth: 'ushort' }).toBuffer()
  // The bottom left stored pixel is the top left one that people see.
  expect(values.readUInt16LE(0)).toBe(1000 + (HEIGHT - 1) * WIDTH)
})

test('AVIF turns itself and is never turned again', async () => {
  const data = await picture('avif', 6)
  const { reader, frame } = await opened('a.avif', data)
  for (const quality of ['display', 'upright'] as const) {
    const bytes = await reader.read(frame, quality)
    expect(bytes.exifTurned).toBe(false)
    expect(Buffer.compare(bytes.body, data)).toBe(0)
  }
  expect(await topCorners((await reader.read(frame, 'thumbnail')).body)).toEqual(['blue', 'red'])
})

const signed = Int16Array.from(deepGray(), (value) => value - 1400)
const floats = Float32Array.from(deepGray(), (value) => value / 1000)

test.each([
  ['a 16-bit PNG', 'a.png', await deepPng()],
  ['a 16-bit TIFF', 'a.tif', grayTiff(deepGray(), 1)],
  ['a signed 16-bit TIFF', 'a.tif', grayTiff(signed, 2)],
  ['a float TIFF', 'a.tif', grayTiff(floats, 3)],
])('%s in grey is stretched from its minimum to its maximum', async (_name, file, data) => {
  const { reader, frame } = await opened(file, data)
  const { body } = await reader.read(frame, 'display')
  const { pixel } = await pixelsOf(body)
  expect(pixel(0, 0)[0]).toBe(0)
  expect(pixel(WIDTH - 1, HEIGHT - 1)[0]).toBe(255)
  const middle = pixel(0, HEIGHT / 2)[0]
  expect(middle).toBeGreaterThan(120)
  expect(middle).toBeLessThan(135)
  expect((await sharp(body).metadata()).depth).toBe('uchar')
})

test('a thumbnail has at most 256 px on its long side and is kept on disk', async () => {
  const large = { width: 1000, height: 500, channels: 3 as const, background: 'red' }
  const { root, reader, frame } = await opened(
    'a.png',
    await sharp({ create: large }).png().toBuffer(),
  )
  const { contentType, body } = await reader.read(frame, 'thumbnail')
  expect(contentType).toBe('image/webp')
  expect(await sharp(body).metadata()).toMatchObject({ width: 256, height: 128 })
  const kept = () =>
    readdirSync(join(root, '.cache/pictures')).filter((name) => name.endsWith('.webp'))
  await expect.poll(kept).toHaveLength(1)
  const [file = ''] = kept()
  writeFileSync(join(root, '.cache/pictures', file), 'kept')
  const other = createFrameReader({ cacheDir: join(root, '.cache') })
  expect(Buffer.from((await other.read(frame, 'thumbnail')).body).toString()).toBe('kept')
})

const gradient = Buffer.from(Array.from({ length: 200 * 200 * 3 }, (_, at) => (at * 7919) % 251))
const noise = () => sharp(gradient, { raw: { width: 200, height: 200, channels: 3 } })

test.each([
  ['a.jpg', await noise().jpeg().toBuffer()],
  ['a.png', await noise().png().toBuffer()],
  ['a.webp', await noise().webp().toBuffer()],
  ['a.tif', await noise().tiff({ compression: 'lzw' }).toBuffer()],
  ['a.avif', await noise().avif({ effort: 0 }).toBuffer()],
  ['a.bmp', bmp()],
])('a truncated %s is unreadable when shown, with a clause', async (name, data) => {
  const { reader, frame } = await opened(name, data.subarray(0, Math.floor(data.length / 2)))
  for (const quality of ['display', 'thumbnail'] as const)
    await expect(reader.read(frame, quality)).rejects.toMatchObject({
      code: 'IMAGE_UNREADABLE',
      message: expect.stringContaining(frame.location.entry),
      remedy: expect.stringMatching(/\w/),
    })
})

test('what a camera appends behind a JPEG does not make it truncated', async () => {
  const data = Buffer.concat([await picture('jpeg'), Buffer.alloc(5000)])
  const { reader, frame } = await opened('a.jpg', data)
  expect((await reader.read(frame, 'display')).body).toHaveLength(data.length)
})

test.each([
  ['an empty file', Buffer.alloc(0), '0 bytes'],
  ['a text', Buffer.from('hello'), 'not a picture'],
])('%s called .jpg is unreadable', async (_name, data, clause) => {
  const { reader, frame } = await opened('a.jpg', data)
  await expect(reader.read(frame, 'display')).rejects.toMatchObject({
    code: 'IMAGE_UNREADABLE',
    message: expect.stringContaining(clause),
  })
})

test('a picture of too many pixels is refused before it is decoded', async () => {
  const png = await picture('png')
  png.writeUInt32BE(40_000, 16)
  png.writeUInt32BE(25_000, 20)
  const { reader, frame } = await opened('a.png', png)
  await expect(reader.read(frame, 'thumbnail')).rejects.toMatchObject({
    message: expect.stringContaining('40,000 × 25,000 pixels'),
  })
})

test('a vanished file is missing, also when it had been read', async () => {
  const { root, reader, frame } = await opened('a.png', await picture('png'))
  await reader.read(frame, 'display')
  rmSync(join(root, 'a.png'))
  for (const quality of ['display', 'thumbnail', 'original'] as const)
    await expect(reader.read(frame, quality)).rejects.toMatchObject({ code: 'FRAME_MISSING' })
})

test('a file that was changed is read anew', async () => {
  const { root, reader, frame } = await opened('a.png', await picture('png'))
  await reader.read(frame, 'display')
  const other = await picture('jpeg')
  writeFileSync(join(root, 'a.png'), other)
  utimesSync(join(root, 'a.png'), new Date(0), new Date(0))
  expect((await reader.read(frame, 'display')).contentType).toBe('image/jpeg')
})

test('frames hinted at are served from memory, and one that is broken harms nobody', async () => {
  const { root, reader, frame } = await opened('a.png', await picture('png'))
  const gone = { ...frame, location: { ...frame.location, entry: 'gone.png' } }
  reader.prefetch([gone, frame])
  const first = await reader.read(frame, 'display')
  expect((await reader.read(frame, 'display')).body).toBe(first.body)
  expect(existsSync(join(root, 'a.png'))).toBe(true)
})

test('without memory nothing is kept, and reading works', async () => {
  const { root, frame } = await opened('a.png', await picture('png'))
  const reader = createFrameReader({ cacheDir: join(root, '.cache'), maxCacheBytes: 0 })
  reader.prefetch([frame])
  const first = await reader.read(frame, 'display')
  expect((await reader.read(frame, 'display')).body).not.toBe(first.body)
})

test('an aborted reading throws what it was aborted with', async () => {
  const { reader, frame } = await opened('a.png', await picture('png'))
  const reading = reader.read(frame, 'display', AbortSignal.abort(new Error('gone elsewhere')))
  await expect(reading).rejects.toThrow('gone elsewhere')
})

test('a preview is displayable, a copy is the file itself', async () => {
  const tiff = await picture('tiff')
  const { reader, frame } = await opened('a.tif', tiff)
  const preview = await reader.readLocation(frame.location, frame.name)
  expect(preview.contentType).toBe('image/png')
  const { body } = await reader.readLocation(frame.location, frame.name, 'file')
  expect(Buffer.compare(body, tiff)).toBe(0)
})
