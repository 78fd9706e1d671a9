import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import type { FrameHeader } from '../../core/ports.ts'
import { createMediaScanner } from '../index.ts'
import { zipOf } from '../testing/archives.ts'
import { collected, folderOf, going, recordsOf } from '../testing/folder.ts'
import { bmp, deepGray, grayTiff, HEIGHT, paletteBmp, picture, WIDTH } from '../testing/pictures.ts'

const scanner = createMediaScanner()

async function headersIn(root: string, before?: () => void): Promise<Map<string, FrameHeader>> {
  const frames = recordsOf(await scanner.scan([root], { signal: going }))
  before?.()
  const headers = (await collected(scanner.readHeaders(frames, going))).flat()
  return new Map(headers.map((header) => [frames[header.index]?.name ?? '', header]))
}

async function headerOf(name: string, data: Uint8Array): Promise<FrameHeader | undefined> {
  return (await headersIn(folderOf({ [name]: data }))).get(name)
}

test.each([
  ['a.jpg', await picture('jpeg')],
  ['a.png', await picture('png')],
  ['a.webp', await picture('webp')],
  ['a.gif', await picture('gif')],
  ['a.tiff', await picture('tiff')],
  ['a.avif', await picture('avif')],
  ['a.bmp', bmp()],
  ['palette.bmp', paletteBmp()],
  ['deep.tif', grayTiff(deepGray(), 1)],
  ['a png called.jpg', await picture('png')],
])('size of %s', async (name, data) => {
  expect(await headerOf(name, data)).toMatchObject({
    status: 'ok',
    width: WIDTH,
    height: HEIGHT,
    orientation: 1,
    sizeBytes: data.length,
    problem: null,
  })
})

const turns = [1, 2, 3, 4, 5, 6, 7, 8]

test.each(
  (['jpeg', 'png', 'webp', 'tiff'] as const).flatMap((format) =>
    turns.map((turn) => [format, turn] as const),
  ),
)('%s with EXIF orientation %d: width and height are upright', async (format, orientation) => {
  const [width, height] = orientation >= 5 ? [HEIGHT, WIDTH] : [WIDTH, HEIGHT]
  const header = await headerOf(`a.${format}`, await picture(format, orientation))
  expect(header).toMatchObject({ width, height, orientation })
})

test('AVIF turns itself: its size is upright, and there is no EXIF turn left', async () => {
  const header = await headerOf('a.avif', await picture('avif', 6))
  expect(header).toMatchObject({ width: HEIGHT, height: WIDTH, orientation: 1 })
})

test('a JPEG with a large colour profile and comment in front of its size', async () => {
  const jpeg = await picture('jpeg')
  const filler = Buffer.alloc(65_533)
  const segment = Buffer.concat([Buffer.from([0xff, 0xe2, 0xff, 0xff]), filler])
  const stuffed = Buffer.concat([jpeg.subarray(0, 2), segment, segment, segment, jpeg.subarray(2)])
  expect(await headerOf('a.jpg', stuffed)).toMatchObject({ width: WIDTH, height: HEIGHT })
})

const CUT = 'its data ends too early: the file is cut short'

test.each(['jpeg', 'png', 'webp', 'avif'] as const)(
  'a cut %s is named, its size kept',
  async (format) => {
    const whole = await picture(format)
    const header = await headerOf(`a.${format}`, whole.subarray(0, whole.length - 40))
    expect(header).toMatchObject({
      status: 'unreadable',
      width: WIDTH,
      height: HEIGHT,
      problem: CUT,
    })
  },
)

test('a cut JPEG is named in a zip too, when it is stored there as it is', async () => {
  const whole = await picture('jpeg')
  const zip = zipOf(
    { name: 'cut.jpg', data: whole.subarray(0, whole.length - 40) },
    { name: 'whole.jpg', data: whole },
  )
  const headers = await headersIn(join(folderOf({ 'a.zip': zip }), 'a.zip'))
  expect(headers.get('cut.jpg')?.problem).toBe(CUT)
  expect(headers.get('whole.jpg')?.status).toBe('ok')
})

test('a whole JPEG that a camera added megabytes to is whole', async () => {
  const whole = await picture('jpeg')
  const header = await headerOf('a.jpg', Buffer.concat([whole, Buffer.alloc(3 * 2 ** 20, 7)]))
  expect(header).toMatchObject({ status: 'ok', problem: null })
})

test('the end of a thumbnail is not the end of its picture', async () => {
  const jpeg = await picture('jpeg')
  const thumbnail = Buffer.concat([
    Buffer.from([0xff, 0xe2, 0x00, 0x0a]),
    Buffer.alloc(6),
    Buffer.from([0xff, 0xd9]),
  ])
  const scan = jpeg.indexOf(Buffer.from([0xff, 0xda]))
  const cut = Buffer.concat([jpeg.subarray(0, 2), thumbnail, jpeg.subarray(2, scan + 40)])
  expect(await headerOf('a.jpg', cut)).toMatchObject({ status: 'unreadable', problem: CUT })
})

test.each([
  ['empty.jpg', Buffer.alloc(0), 'the file is empty (0 bytes)'],
  ['text.jpg', Buffer.from('<html>not found</html>'), 'its content is not a picture'],
  ['cut.jpg', Buffer.from([0xff, 0xd8, 0xff, 0xe0]), ''],
  ['cut.png', Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'), ''],
  ['cut.tif', Buffer.from('II*\0\xff\xff\xff\0', 'latin1'), ''],
  ['cut.bmp', Buffer.from('BM'), ''],
  ['cut.webp', Buffer.from('RIFF\0\0\0\0WEBP'), ''],
  ['cut.avif', Buffer.from('\0\0\0\x20ftypavif'), ''],
])('%s is unreadable, with a clause', async (name, data, clause) => {
  const header = await headerOf(name, data)
  expect(header).toMatchObject({ status: 'unreadable', width: null, sizeBytes: data.length })
  expect(header?.problem).toContain(clause)
  expect(header?.problem).toMatch(/^\S.*[^.]$/)
})

test('a picture that claims a thousand million pixels is refused by its header', async () => {
  const png = await picture('png')
  png.writeUInt32BE(40_000, 16)
  png.writeUInt32BE(25_000, 20)
  const header = await headerOf('bomb.png', png)
  expect(header).toMatchObject({ status: 'unreadable' })
  expect(header?.problem).toContain('40,000 × 25,000 pixels')
})

test('a file that vanished is missing, the others are read', async () => {
  const root = folderOf({ 'a.png': await picture('png'), 'b.png': await picture('png') })
  const headers = await headersIn(root, () => rmSync(join(root, 'a.png')))
  expect(headers.get('a.png')).toMatchObject({ status: 'missing', problem: expect.any(String) })
  expect(headers.get('b.png')).toMatchObject({ status: 'ok' })
})

test('fingerprints tell files apart by content and by size', async () => {
  const png = await picture('png')
  const long = Buffer.concat([png, Buffer.alloc(50_000)])
  const longer = Buffer.concat([png, Buffer.alloc(50_001)])
  const root = folderOf({ 'a.png': png, 'b.png': png, 'c.png': long, 'd.png': longer })
  const prints = [...(await headersIn(root)).values()].map((header) => header.fingerprint)
  expect(prints[0]).toBe(prints[1])
  expect(new Set(prints).size).toBe(3)
})

test('a cancelled reading stops', async () => {
  const root = folderOf({ 'a.png': await picture('png') })
  const frames = recordsOf(await scanner.scan([root], { signal: going }))
  const reading = collected(scanner.readHeaders(frames, AbortSignal.abort()))
  await expect(reading).rejects.toMatchObject({ code: 'CANCELLED' })
})
