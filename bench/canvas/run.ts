/**
 * node bench/canvas/run.ts [--quick | --masks]
 *
 * Canvas figures in a headless, CPU-rastered Chromium at 1600 x 900: polygons of 20 points on a 1080p picture, beside a
 * plain SVG page that draws the same shapes in the same run; last, 1,000 masks of mixed sizes on a 4K picture.
 */
import { readdir, readFile } from 'node:fs/promises'
import { openPage } from './open-page.ts'
import type { Figures } from './page/page.ts'

type Who = 'ours' | 'masks' | 'peer'
type Bench = Record<Who, (count: number) => Promise<Figures>>

const quick = process.argv.includes('--quick')
const counts = process.argv.includes('--masks')
  ? []
  : quick
    ? [10_000]
    : [100, 1_000, 5_000, 10_000]
const rows: Record<string, string | number>[] = []

const { page, close } = await openPage()
for (const count of counts)
  for (const who of quick ? (['ours'] as const) : (['ours', 'peer'] as const))
    rows.push(row(who === 'ours' ? 'Fieldmark' : 'SVG page', count, await figures(who, count)))
const masks = await figures('masks', 1_000)
const maskRow = row('masks, 4K', 1_000, masks)
rows.push({
  ...maskRow,
  'brush fps (p95 ms)': smooth(masks.brush ?? masks.drag),
  'MB in all': await residentMb(),
})
await close()
console.table(rows)

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

function row(canvas: string, shapes: number, f: Figures): Record<string, string | number> {
  return {
    canvas,
    shapes,
    'first paint ms': Math.round(f.firstPaintMs),
    'fine strokes ms': Math.round(f.crispMs),
    'frame switch ms': Math.round(f.frameSwitchMs),
    'zoom fps (p95 ms)': smooth(f.zoom),
    'zoom until crisp ms': Math.round(f.zoomCrispMs),
    'pan fps (p95 ms)': smooth(f.pan),
    'drag fps (p95 ms)': smooth(f.drag),
  }
}

function smooth({ fps, p95Ms }: Figures['zoom']): string {
  return `${fps.toFixed(1)} (${p95Ms.toFixed(0)})`
}
