/**
 * Opening a folder of many small JPEGs: listing, ordering, reading headers, each beside the bare system calls it cannot
 * do without, in the same rounds. The folder is made once and kept in the temporary directory; rounds run on a warm page
 * cache. Usage: node bench/folder-open.bench.ts [--n 50000] [--rounds 7]
 */
import { closeSync, mkdirSync, openSync, readdirSync, readSync, writeFileSync } from 'node:fs'
import { readdir } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import sharp from 'sharp'
import type { FrameRecord, ScannedFrame } from '#main/core/ports.ts'
import { createMediaScanner } from '#main/media/index.ts'

const { values } = parseArgs({
  options: {
    n: { type: 'string', default: '50000' },
    rounds: { type: 'string', default: '7' },
  },
})
const count = Number(values.n)
const FOLDERS = 10
const HEAD_BYTES = 16 * 1024
const root = await ensureFolder()
const scanner = createMediaScanner()
const { signal } = new AbortController()
const options = { startFrame: 0, stopFrame: null, frameStep: 1, seed: 1 } as const

const rows = new Map<string, number[]>()
for (let round = 0; round < Number(values.rounds); round += 1) {
  await timed('bare walk (readdir with types, recursive)', () => bareWalk(root))
  let firstMs = 0
  const began = performance.now()
  const scan = await timed('scan', () =>
    scanner.scan([root], {
      signal,
      onFound: () => {
        firstMs ||= performance.now() - began
      },
    }),
  )
  note('  of which: first picture told', firstMs)
  const shuffled = scanner.select(scan.frames, { ...options, sortingMethod: 'random' })
  await timed('natural sort, as found', () => sorted(scan.frames))
  await timed('natural sort, shuffled', () => sorted(shuffled))
  await timed('peer: Intl.Collator numeric, shuffled', () => collated(shuffled))
  const records = recordsOf(scan.frames)
  await timed('bare heads (open, read 16 KiB, close)', () => bareHeads(records))
  await timed('readHeaders', () => allHeaders(records))
}
report()

function note(name: string, ms: number): void {
  rows.set(name, [...(rows.get(name) ?? []), ms])
}

async function timed<T>(name: string, work: () => T | Promise<T>): Promise<T> {
  const began = performance.now()
  const result = await work()
  note(name, performance.now() - began)
  return result
}

async function bareWalk(folder: string): Promise<number> {
  let found = 0
  for (const entry of await readdir(folder, { withFileTypes: true })) {
    if (entry.isDirectory()) found += await bareWalk(join(folder, entry.name))
    else found += 1
  }
  return found
}

function sorted(frames: ScannedFrame[]): number {
  return scanner.select(frames, { ...options, sortingMethod: 'natural' }).length
}

function collated(frames: ScannedFrame[]): ScannedFrame[] {
  const { compare } = new Intl.Collator('en', { numeric: true })
  return frames.toSorted((a, b) => compare(a.name, b.name))
}

function bareHeads(records: readonly FrameRecord[]): number {
  const head = Buffer.allocUnsafe(HEAD_BYTES)
  let bytes = 0
  for (const { location } of records) {
    const fd = openSync(join(root, location.entry), 'r')
    bytes += readSync(fd, head, 0, HEAD_BYTES, 0)
    closeSync(fd)
  }
  return bytes
}

async function allHeaders(records: readonly FrameRecord[]): Promise<void> {
  let ok = 0
  for await (const headers of scanner.readHeaders(records, signal))
    ok += headers.filter((header) => header.status === 'ok' && header.width === 160).length
  if (ok !== records.length) throw new Error(`only ${ok} of ${records.length} headers were read`)
}

function recordsOf(frames: readonly ScannedFrame[]): FrameRecord[] {
  return frames.map(({ name, entry }, index) => ({
    index,
    name,
    location: { source: { kind: 'folder', path: root }, entry, offset: null, sizeBytes: null },
    width: null,
    height: null,
    status: 'pending',
    deleted: false,
    checked: false,
    orientation: 1,
    fingerprint: null,
    problem: null,
  }))
}

/** Ten subfolders of one 10 KB picture each, no two of them alike. */
async function ensureFolder(): Promise<string> {
  const folder = join(tmpdir(), `fieldmark-bench-folder-${count}`)
  const done = join(folder, '.complete')
  if (readdirSync(tmpdir()).includes(`fieldmark-bench-folder-${count}`)) {
    if (readdirSync(folder).includes('.complete')) return folder
  }
  const noise = Buffer.from(Array.from({ length: 160 * 120 * 3 }, (_, at) => (at * 7919) % 251))
  const raw = { width: 160, height: 120, channels: 3 as const }
  const jpeg = await sharp(noise, { raw }).jpeg({ quality: 80 }).toBuffer()
  for (let at = 0; at < FOLDERS; at += 1) mkdirSync(join(folder, `cam_${at}`), { recursive: true })
  for (let at = 0; at < count; at += 1) {
    jpeg.writeUInt16BE((at % 65_535) + 1, 14) // the pixel density: harmless, and no two files are alike
    writeFileSync(join(folder, `cam_${at % FOLDERS}`, `frame_${at}.jpg`), jpeg)
  }
  writeFileSync(done, '')
  return folder
}

function report(): void {
  const figures = [...rows].map(([what, ms]) => {
    const ordered = ms.toSorted((a, b) => a - b)
    return { what, medianMs: ordered[ordered.length >> 1] ?? 0, bestMs: ordered[0] ?? 0 }
  })
  console.log(`${count.toLocaleString('en')} JPEGs in ${FOLDERS} folders, warm page cache\n`)
  console.log(`| ${'step'.padEnd(42)} | median ms | best ms |\n|---|---:|---:|`)
  for (const { what, medianMs, bestMs } of figures)
    console.log(
      `| ${what.padEnd(42)} | ${medianMs.toFixed(0).padStart(9)} | ${bestMs.toFixed(0).padStart(7)} |`,
    )
  const out = process.env.BENCH_OUT
  if (out) writeFileSync(out, `${JSON.stringify({ count, figures }, null, 2)}\n`)
}
