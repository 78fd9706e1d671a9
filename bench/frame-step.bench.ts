/**
 * Stepping through a folder of 1080p JPEGs: what the reader takes until a frame's bytes are ready for the page, beside
 * the bare read of the file (the floor) and a full decode by sharp (what a reader that re-encodes would pay at least).
 * Cold: files whose pages were dropped are out of a test's reach, so cold means "not in the reader's memory"; the page
 * cache is warm for every row alike. Usage: node bench/frame-step.bench.ts [--n 200]
 */
import { createWriteStream, mkdirSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { parseArgs } from 'node:util'
import sharp from 'sharp'
import yazl from 'yazl'
import type { FrameRecord, MediaSource } from '#main/core/ports.ts'
import { createFrameReader } from '#main/media/index.ts'

const { values } = parseArgs({ options: { n: { type: 'string', default: '200' } } })
const count = Number(values.n)
const AHEAD = 4
const DECODED = 20
const root = mkdtempSync(join(tmpdir(), 'fieldmark-bench-step-'))
const nextTurn = () => new Promise((resolve) => setTimeout(resolve, 5))

try {
  await makePictures()
  await makeZip()
  await run()
} finally {
  rmSync(root, { recursive: true })
}

async function run(): Promise<void> {
  const folder = recordsOf({ kind: 'folder', path: join(root, 'pictures') })
  const zip = recordsOf({ kind: 'zip', path: join(root, 'pictures.zip') })
  const rows: [string, number[]][] = [
    [
      'floor: fs.readFile',
      await each(folder, ({ name }) => readFile(join(root, 'pictures', name))),
    ],
    ['peer: sharp decode to pixels', await each(folder.slice(0, DECODED), decode)],
    ['display, cold', await cold(folder)],
    ['display, read ahead', await ahead(folder)],
    ['display, cold, inside a zip', await cold(zip)],
    ['display, read ahead, inside a zip', await ahead(zip)],
    ['thumbnail, first time', await thumbnails(folder.slice(0, DECODED))],
    ['thumbnail, from the disk cache', await thumbnails(folder.slice(0, DECODED))],
  ]
  report(rows)
}

async function cold(frames: readonly FrameRecord[]): Promise<number[]> {
  const reader = createFrameReader({ cacheDir: join(root, 'cache') })
  const times = await each(frames, (frame) => reader.read(frame, 'display'))
  reader.close()
  return times
}

/** As an annotator steps: a frame, then the hint about its neighbours, then a moment to look. */
async function ahead(frames: readonly FrameRecord[]): Promise<number[]> {
  const reader = createFrameReader({ cacheDir: join(root, 'cache') })
  const times: number[] = []
  for (const [at, frame] of frames.entries()) {
    const began = performance.now()
    await reader.read(frame, 'display')
    if (at > 0) times.push(performance.now() - began)
    reader.prefetch(frames.slice(at + 1, at + 1 + AHEAD))
    await nextTurn()
  }
  reader.close()
  return times
}

async function thumbnails(frames: readonly FrameRecord[]): Promise<number[]> {
  const reader = createFrameReader({ cacheDir: join(root, 'cache') })
  const times = await each(frames, (frame) => reader.read(frame, 'thumbnail'))
  await nextTurn()
  reader.close()
  return times
}

async function decode({ name }: FrameRecord): Promise<number> {
  const { data } = await sharp(join(root, 'pictures', name))
    .raw()
    .toBuffer({ resolveWithObject: true })
  return data[0] ?? 0
}

async function each<T>(
  frames: readonly FrameRecord[],
  work: (frame: FrameRecord) => Promise<T>,
): Promise<number[]> {
  const times: number[] = []
  for (const frame of frames) {
    const began = performance.now()
    await work(frame)
    times.push(performance.now() - began)
  }
  return times
}

/** Streets are neither flat nor noise: a gradient with some noise makes JPEGs about as large as a camera's. */
async function makePictures(): Promise<void> {
  const [width, height] = [1920, 1080]
  const pixels = Buffer.alloc(width * height * 3)
  for (let at = 0; at < pixels.length; at += 1)
    pixels[at] = ((at / 3 / width) | 0) / 5 + ((at * 7919) % 41)
  const raw = { width, height, channels: 3 as const }
  const jpeg = await sharp(pixels, { raw }).jpeg({ quality: 88 }).toBuffer()
  mkdirSync(join(root, 'pictures'))
  for (let at = 0; at < count; at += 1) {
    jpeg.writeUInt16BE((at % 65_535) + 1, 14) // the pixel density: harmless, and no two files are alike
    writeFileSync(join(root, 'pictures', nameOf(at)), jpeg)
  }
}

async function makeZip(): Promise<void> {
  const zip = new yazl.ZipFile()
  for (let at = 0; at < count; at += 1)
    zip.addFile(join(root, 'pictures', nameOf(at)), nameOf(at), { compress: true })
  zip.end()
  await pipeline(zip.outputStream, createWriteStream(join(root, 'pictures.zip')))
}

function nameOf(at: number): string {
  return `frame_${at}.jpg`
}

function recordsOf(source: MediaSource): FrameRecord[] {
  return Array.from({ length: count }, (_, index) => ({
    index,
    name: nameOf(index),
    location: { source, entry: nameOf(index), offset: null, sizeBytes: null },
    width: 1920,
    height: 1080,
    status: 'ok',
    deleted: false,
    checked: false,
    orientation: 1,
    fingerprint: null,
    problem: null,
  }))
}

function report(rows: readonly [string, number[]][]): void {
  const figures = rows.map(([what, ms]) => {
    const ordered = ms.toSorted((a, b) => a - b)
    const at = (share: number) => ordered[Math.floor(ordered.length * share)] ?? 0
    return { what, p50Ms: at(0.5), p95Ms: at(0.95) }
  })
  const kilobytes = Math.round(statSync(join(root, 'pictures', nameOf(0))).size / 1024)
  console.log(`${count} JPEGs of 1920 × 1080, ${kilobytes} KB each, warm page cache\n`)
  console.log(`| ${'step'.padEnd(34)} | p50 ms | p95 ms |\n|---|---:|---:|`)
  for (const { what, p50Ms, p95Ms } of figures)
    console.log(
      `| ${what.padEnd(34)} | ${p50Ms.toFixed(2).padStart(6)} | ${p95Ms.toFixed(2).padStart(6)} |`,
    )
  const out = process.env.BENCH_OUT
  if (out) writeFileSync(out, `${JSON.stringify({ count, figures }, null, 2)}\n`)
}
