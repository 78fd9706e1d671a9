/**
 * Mask kernels: WebAssembly beside its TypeScript twins and, where Python has it (`pip install pycocotools`, and
 * `opencv-python-headless` for contours), beside the C of pycocotools on the same masks. Microseconds a call, the best of
 * 80 batches: other programs can only make a call slower. PYTHON names another interpreter than `python3`.
 */
import { spawnSync } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { loadWasmKernels } from '#native/index.ts'
import { maskToCoco } from '#shared/geometry/coco-rle.ts'
import { decodeMask, maskArea } from '#shared/geometry/mask.ts'
import { type MaskKernels, typescriptKernels } from '#shared/geometry/mask-kernels.ts'
import { type Case, columnPixels, makeCases } from './masks.ts'

/** Shorter than a time slice of a busy machine. */
const BATCH_SECONDS = 0.002
const WARM_UP_SECONDS = 0.3
const ROUNDS = 80
type Figures = Record<string, number>

/** What keeps the compiler from leaving a call out. */
let consumed = 0

/** All calls by turns, so that what else the machine does meets each of them alike. */
function bestMicroseconds(calls: readonly (() => unknown)[]): number[] {
  const repeats = calls.map(warmUp)
  const best = calls.map(() => Number.POSITIVE_INFINITY)
  for (let round = 0; round < ROUNDS; round++) {
    for (const [i, call] of calls.entries()) {
      const n = repeats[i] ?? 1
      best[i] = Math.min(best[i] ?? 0, (timeBatch(call, n) / n) * 1e6)
    }
  }
  return best
}

/** Until the compiler is done with it. @returns calls that fill a batch */
function warmUp(call: () => unknown): number {
  let repeats = 1
  for (let spent = 0; spent < WARM_UP_SECONDS; ) {
    const seconds = timeBatch(call, repeats)
    if (seconds < BATCH_SECONDS) repeats *= 2
    spent += seconds
  }
  return repeats
}

function timeBatch(call: () => unknown, repeats: number): number {
  const started = performance.now()
  for (let i = 0; i < repeats; i++) if (call() !== null) consumed++
  return (performance.now() - started) / 1000
}

function kernelCalls(kernels: MaskKernels, { polygon, width, height, a, b }: Case) {
  const bitmap = decodeMask(a)
  return {
    encode: () => kernels.encode(bitmap),
    merge: () => kernels.union(a, b),
    IoU: () => kernels.iou(a, b),
    fill: () => kernels.fillPolygon(polygon, width, height),
    contours: () => kernels.contours(a),
  }
}

function measurePeer(cases: readonly Case[]): Figures[] | string {
  const request = cases.map(({ width, height, polygon, a, b }) => ({
    size: [height, width],
    counts: [a, b].map((mask) => maskToCoco(mask, height, width).counts),
    box: columnPixels(a),
    polygon,
  }))
  const child = spawnSync(process.env.PYTHON ?? 'python3', [`${import.meta.dirname}/peer.py`], {
    input: JSON.stringify({ cases: request, batchSeconds: BATCH_SECONDS, rounds: ROUNDS }),
    maxBuffer: 2 ** 28,
    encoding: 'utf8',
  })
  if (child.status === 0) return JSON.parse(child.stdout) as Figures[]
  return child.error?.message ?? child.stderr.trim().split('\n').at(-1) ?? 'it failed'
}

const cases = makeCases()
const wasm = loadWasmKernels()
if (wasm === null) throw new Error('This Node has no WebAssembly with SIMD')
const peer = measurePeer(cases)
if (typeof peer === 'string') console.log(`No peer: ${peer}\n`)

const rows: { name: string; what: string; ts: number; wasm?: number; c?: number }[] = []
for (const [i, one] of cases.entries()) {
  const c = typeof peer === 'string' ? undefined : peer[i]
  const twins = kernelCalls(typescriptKernels, one)
  const native: Record<string, () => unknown> = kernelCalls(wasm, one)
  const own = { ...twins, decode: () => decodeMask(one.a), area: () => maskArea(one.a) }
  for (const [what, call] of Object.entries(own)) {
    const kernel = native[what]
    const [ts = 0, fast] = bestMicroseconds(kernel === undefined ? [call] : [call, kernel])
    const other = c?.[what]
    rows.push({
      name: one.name,
      what,
      ts,
      ...(fast === undefined ? {} : { wasm: fast }),
      ...(other === undefined ? {} : { c: other }),
    })
  }
}

const micro = (figure?: number): string => (figure === undefined ? '' : figure.toPrecision(3))
const times = (x: number, y?: number): string => (y === undefined ? '' : `${(x / y).toFixed(1)}x`)
console.log('| mask | kernel | TypeScript µs | WebAssembly µs | gain | C µs | ours to C |')
console.log('|---|---|---|---|---|---|---|')
for (const { name, what, ts, wasm: own, c } of rows) {
  const ours = times(c ?? Number.NaN, c === undefined ? undefined : (own ?? ts))
  const cells = [name, what, micro(ts), micro(own), times(ts, own), micro(c), ours]
  console.log(`| ${cells.join(' | ')} |`)
}
console.log(`\n(${consumed} results consumed; C is pycocotools, for contours OpenCV)`)
if (process.env.BENCH_OUT) {
  writeFileSync(process.env.BENCH_OUT, `${JSON.stringify(rows, null, 2)}\n`)
}
