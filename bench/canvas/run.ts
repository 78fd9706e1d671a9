/**
 * node bench/canvas/run.ts [--only polygons,boxes,masks] [--counts 100,1000,5000,10000] [--rounds 3]
 *
 * Canvas figures in a headless, CPU-rastered Chromium at 1600 x 900, medians of several fresh pages: polygons of 20 points
 * on a 1080p picture and 100,000 boxes, beside a plain SVG page that draws the same shapes in the same run; 1,000 masks of
 * mixed sizes on a 4K picture, beside one with a single mask.
 */
import { readdir, readFile } from 'node:fs/promises'
import { loadavg } from 'node:os'
import { parseArgs } from 'node:util'
import { report } from '../samples.ts'
import { openPage } from './open-page.ts'
import type { Figures } from './page/page.ts'

type Who = 'ours' | 'peer' | 'boxes' | 'peerBoxes' | 'masks'
type Bench = Record<Who, (count: number) => Promise<Figures>>

const { values } = parseArgs({
  options: {
    only: { type: 'string', default: 'polygons,boxes,masks' },
    counts: { type: 'string', default: '100,1000,5000,10000' },
    rounds: { type: 'string', default: '3' },
  },
})
const rounds = Number(values.rounds)
const has = (part: string) => values.only.split(',').includes(part)
const rows: string[][] = [
  [
    'what',
    'first paint ms',
    'true strokes ms',
    'frame switch ms',
    'create ms',
    'zoom fps (p95 ms)',
    'pan',
    'drag',
    'hover',
    'brush',
    'zoomed, crisp after ms',
    'process MB',
  ],
]

const { page, close } = await openPage()
if (has('polygons'))
  for (const count of values.counts.split(',').map(Number)) {
    await add(`${count} polygons`, 'ours', count)
    await add('  SVG page', 'peer', count)
  }
if (has('boxes')) {
  await add('100,000 boxes', 'boxes', 100_000)
  await add('  SVG page', 'peerBoxes', 100_000)
}
if (has('masks')) {
  await add('1,000 masks, 4K', 'masks', 1_000)
  await add('  one mask', 'masks', 1)
}
await close()
rows.push([`(load of the machine at the end: ${loadavg()[0]?.toFixed(1)})`])
report(rows)

async function add(what: string, who: Who, count: number): Promise<void> {
  const all: Figures[] = []
  let mb = 0
  for (let round = 0; round < rounds; round += 1) {
    all.push(await figures(who, count))
    mb = await residentMb()
  }
  rows.push(row(what, all, mb))
}

async function figures(who: Who, count: number): Promise<Figures> {
  await page.reload()
  await page.waitForFunction(() => 'bench' in window)
  return page.evaluate(
    ([who, count]) => (window as unknown as { bench: Bench }).bench[who](count),
    [who, count] as const,
  )
}

/** Memory of the page's process, as the system sees it: canvases are in no heap figure. */
async function residentMb(): Promise<number> {
  const sizes = await Promise.all(
    (await readdir('/proc')).filter((name) => /^\d+$/.test(name)).map(rendererMb),
  )
  return Math.round(Math.max(0, ...sizes))
}

/** Our own browser's only: its renderers have this bench among their ancestors. */
async function rendererMb(pid: string): Promise<number> {
  const line = await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '')
  if (!line.includes('--type=renderer') || !(await isOurs(pid))) return 0
  const status = await readFile(`/proc/${pid}/status`, 'utf8').catch(() => '')
  return Number(/VmRSS:\s+(\d+)/.exec(status)?.[1] ?? 0) / 1024
}

async function isOurs(pid: string): Promise<boolean> {
  if (Number(pid) === process.pid) return true
  const stat = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '')
  const parent = /\) \S (\d+)/.exec(stat)?.[1]
  return parent !== undefined && parent !== '0' && isOurs(parent)
}

type Time = 'firstPaintMs' | 'crispMs' | 'frameSwitchMs' | 'zoomCrispMs' | 'createMs'
type Gesture = 'zoom' | 'pan' | 'drag' | 'hover' | 'brush'

function row(what: string, all: readonly Figures[], mb: number): string[] {
  const time = (key: Time) => median(all.map((one) => one[key])).toFixed(0)
  const gesture = (key: Gesture) => {
    const seen = all.flatMap((one) => one[key] ?? [])
    if (seen.length === 0) return ''
    const [fps, p95] = [seen.map((one) => one.fps), seen.map((one) => one.p95Ms)]
    return `${median(fps).toFixed(1)} (${median(p95).toFixed(0)})`
  }
  return [
    what,
    ...(['firstPaintMs', 'crispMs', 'frameSwitchMs', 'createMs'] as const).map(time),
    ...(['zoom', 'pan', 'drag', 'hover', 'brush'] as const).map(gesture),
    time('zoomCrispMs'),
    mb.toFixed(0),
  ]
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN
}
