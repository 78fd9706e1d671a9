/**
 * The timeline in the real app, in a headless, CPU-rastered Chromium at 1440 x 900: from T to the first lanes painted,
 * then panned, zoomed and scrolled once every display frame; and what it adds to a frame change, by the page's own clock.
 * Usage: node bench/timeline/run.ts [--tracks 5000] [--keyframes 20] [--frames 10000]
 */
import { rm } from 'node:fs/promises'
import { loadavg } from 'node:os'
import { parseArgs } from 'node:util'
import type { Page } from 'playwright-core'
import { launchChromium } from '../../e2e/harness/chromium.ts'
import { serveApp } from '../../e2e/harness/served-app.ts'
import { quantile, report } from '../samples.ts'
import { installProbe, type Smoothness } from '../workspace/probe.ts'
import { frameShown } from '../workspace/timing.ts'
import { makeTask } from './task.ts'

const STEPS = 30
const WATCH_MS = 3000
const { values } = parseArgs({
  options: {
    tracks: { type: 'string', default: '5000' },
    keyframes: { type: 'string', default: '20' },
    frames: { type: 'string', default: '10000' },
  },
})
const wanted = {
  tracks: Number(values.tracks),
  keyframes: Number(values.keyframes),
  frames: Number(values.frames),
}

const { root, dataDir } = await makeTask(wanted)
const app = await serveApp(dataDir)
const browser = await launchChromium()
try {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 } })
  const page = await context.newPage()
  await page.addInitScript(installProbe)
  await page.goto(app.url)
  await page.goto(new URL('/tasks/1/annotate', app.url).href)
  await frameShown(page, 0)
  await page.waitForTimeout(4000)
  const closed = await stepTimes(page)
  const first = await firstPaint(page)
  await page.waitForTimeout(1500)
  const rows = [
    [`${wanted.tracks} tracks x ${wanted.keyframes} keyframes, ${wanted.frames} frames`, '', ''],
    ['T until the lanes are painted', `${first.toFixed(0)} ms`, ''],
    ['', 'fps', 'longest frame, ms'],
    smooth('pan in time', await gesture(page, 'pan')),
    smooth('zoom at the pointer', await gesture(page, 'zoom')),
    smooth('scroll the lanes', await gesture(page, 'scroll')),
    smooth('pan, zoomed in', await gesture(page, 'near')),
    ['', 'timeline closed, ms', 'open, ms'],
  ]
  const open = await stepTimes(page)
  rows.push(
    ...(['p50', 'p95'] as const).map((share) => {
      const at = share === 'p50' ? 0.5 : 0.95
      const told = [closed, open].map((times) => quantile(times, at).toFixed(2))
      return [`script time of a frame change, ${share}`, ...told]
    }),
    [`(load of the machine: ${loadavg()[0]?.toFixed(1)})`, '', ''],
  )
  report(rows)
} finally {
  await browser.close()
  await app.stop()
  await rm(root, { recursive: true, force: true })
}

function smooth(what: string, { fps, worst }: Smoothness): string[] {
  return [what, fps.toFixed(0), worst.toFixed(0)]
}

async function firstPaint(page: Page): Promise<number> {
  const took = page.evaluate(
    () =>
      new Promise<number>((resolve) => {
        addEventListener(
          'keydown',
          (event) => {
            const isDone = () =>
              Number(document.querySelector<HTMLElement>('[data-timeline]')?.dataset.rows) > 0
            void window.probe.until(event.timeStamp, isDone).then(({ ms }) => resolve(ms))
          },
          { once: true, capture: true },
        )
      }),
  )
  await page.waitForTimeout(100)
  await page.keyboard.press('t')
  return took
}

/** One wheel event a display frame, over the lanes. */
function gesture(page: Page, kind: 'pan' | 'zoom' | 'scroll' | 'near'): Promise<Smoothness> {
  return page.evaluate(
    async ({ kind, watch }) => {
      const host = document.querySelector<HTMLElement>('[data-timeline]')
      if (!host) throw new Error('no timeline')
      const { x, y, width, height } = host.getBoundingClientRect()
      const about = { clientX: x + width * 0.6, clientY: y + height * 0.7, bubbles: true }
      const send = (init: WheelEventInit) =>
        host.dispatchEvent(new WheelEvent('wheel', { cancelable: true, ...about, ...init }))
      const zoom = kind === 'near' ? 30 : kind === 'pan' ? 8 : 0
      for (let at = 0; at < zoom; at += 1) send({ deltaY: -100, ctrlKey: true })
      const way = (i: number, turn: number) => (Math.floor(i / turn) % 2 ? -1 : 1)
      const result = await window.probe.frames(watch, (i) => {
        if (kind === 'zoom') send({ deltaY: -60 * way(i, 30), ctrlKey: true })
        else if (kind === 'scroll') send({ deltaY: 90 * way(i, 60) })
        else send({ deltaX: 40 * way(i, 60) })
      })
      for (let at = 0; at < zoom; at += 1) send({ deltaY: 100, ctrlKey: true })
      return result
    },
    { kind, watch: WATCH_MS },
  )
}

/** What the page's thread does for F (tasks from the key on, up to the paint after), prefetched frames, ms. */
async function stepTimes(page: Page): Promise<number[]> {
  const session = await page.context().newCDPSession(page)
  await session.send('Performance.enable')
  const busy = async () => {
    const { metrics } = await session.send('Performance.getMetrics')
    return (metrics.find(({ name }) => name === 'ScriptDuration')?.value ?? 0) * 1000
  }
  const times: number[] = []
  for (let at = 0; at < STEPS; at += 1) {
    await page.waitForTimeout(300)
    const before = await busy()
    await page.keyboard.press('f')
    await page.waitForTimeout(200)
    times.push((await busy()) - before)
  }
  return times.slice(3)
}
