/**
 * A manifest of many pictures (list, headers, checksums, write) beside the least Python needs for the same checksums: Pillow
 * opens and decodes, hashlib sums. Small JPEGs, where the overhead of each shows, and 1080p ones.
 * Usage: node bench/manifest.bench.ts [--n 2000] [--rounds 5] [--python python3]
 * The peer runs when that Python has Pillow.
 */
import { execFileSync } from 'node:child_process'
import { existsSync, linkSync, mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import sharp from 'sharp'
import { createManifest } from '#main/core/compose-manifest.ts'
import { ms, quantile, report } from './samples.ts'

const { values } = parseArgs({
  options: {
    n: { type: 'string', default: '2000' },
    rounds: { type: 'string', default: '5' },
    python: { type: 'string', default: 'python3' },
  },
})
const count = Number(values.n)
const out = join(tmpdir(), 'fieldmark-bench-manifest')
const DISTINCT = 100

const PEER = `
import hashlib, os, sys, time
from PIL import Image
began = time.perf_counter()
for name in sorted(os.listdir(sys.argv[1])):
    with Image.open(os.path.join(sys.argv[1], name)) as picture:
        hashlib.md5(picture.tobytes()).hexdigest()
print((time.perf_counter() - began) * 1000)
`

const rows: string[][] = [['ms, median', 'manifest', 'without checksums', 'Pillow + md5']]
for (const [name, width, height, pictures] of [
  [`${count} JPEGs of 160 x 120`, 160, 120, count],
  [`${Math.ceil(count / 20)} JPEGs of 1920 x 1080`, 1920, 1080, Math.ceil(count / 20)],
] as const) {
  const folder = await folderOf(width, height, pictures)
  const timings = { whole: [] as number[], headers: [] as number[], peer: [] as number[] }
  for (let round = 0; round < Number(values.rounds); round += 1) {
    timings.whole.push(await created(folder, true))
    timings.headers.push(await created(folder, false))
    const peer = peerOf(folder)
    if (peer !== null) timings.peer.push(peer)
  }
  const shown = (samples: number[]) => (samples.length === 0 ? '-' : ms(quantile(samples, 0.5)))
  rows.push([name, shown(timings.whole), shown(timings.headers), shown(timings.peer)])
}
report(rows)
rmSync(out, { recursive: true, force: true })

async function created(folder: string, checksums: boolean): Promise<number> {
  const began = performance.now()
  await createManifest({
    paths: [folder],
    outputDir: out,
    sortingMethod: 'lexicographical',
    force: false,
    checksums,
    signal: new AbortController().signal,
    progress: () => undefined,
  })
  return performance.now() - began
}

function peerOf(folder: string): number | null {
  try {
    const stdio = ['ignore', 'pipe', 'ignore'] as const
    return Number(execFileSync(values.python, ['-c', PEER, folder], { stdio: [...stdio] }))
  } catch {
    return null
  }
}

/** Some distinct pictures, the others links to them, as in a set of hard links. */
async function folderOf(width: number, height: number, pictures: number): Promise<string> {
  const folder = join(tmpdir(), `fieldmark-bench-manifest-${width}-${pictures}`)
  if (existsSync(join(folder, `${pictures - 1}.jpg`))) return folder
  mkdirSync(folder, { recursive: true })
  for (let at = 0; at < pictures; at += 1) {
    const path = join(folder, `${at}.jpg`)
    if (at >= DISTINCT) linkSync(join(folder, `${at % DISTINCT}.jpg`), path)
    else writeFileSync(path, await pictureOf(width, height, at))
  }
  return folder
}

function pictureOf(width: number, height: number, seed: number): Promise<Buffer> {
  const small = Buffer.from(
    Array.from({ length: 16 * 12 * 3 }, (_, at) => (at * 7919 + seed) % 251),
  )
  return sharp(small, { raw: { width: 16, height: 12, channels: 3 } })
    .resize(width, height, { kernel: 'cubic', fit: 'fill' })
    .jpeg({ quality: 85 })
    .toBuffer()
}
