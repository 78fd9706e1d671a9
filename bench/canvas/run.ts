/**
 * node bench/canvas/run.ts [--quick]
 *
 * Canvas figures in a headless, CPU-rastered Chromium at 1600 x 900: polygons of 20 points on a 1080p picture, beside a
 * plain SVG page that draws the same shapes in the same run.
 */
import { openPage } from './open-page.ts'
import type { Figures } from './page/page.ts'

type Bench = { ours(count: number): Promise<Figures>; peer(count: number): Promise<Figures> }

const quick = process.argv.includes('--quick')
const counts = quick ? [10_000] : [100, 1_000, 5_000, 10_000]
const rows: Record<string, string | number>[] = []

const { page, close } = await openPage()
for (const count of counts) {
  for (const who of quick ? (['ours'] as const) : (['ours', 'peer'] as const)) {
    await page.reload()
    await page.waitForFunction(() => 'bench' in window)
    const figures = await page.evaluate(
      ([who, count]) => (window as unknown as { bench: Bench }).bench[who](count),
      [who, count] as const,
    )
    rows.push(row(who === 'ours' ? 'Fieldmark' : 'SVG page', count, figures))
  }
}
await close()
console.table(rows)

function row(canvas: string, polygons: number, f: Figures): Record<string, string | number> {
  return {
    canvas,
    polygons,
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
