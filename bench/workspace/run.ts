/**
 * The annotation screen as a person uses it: the real app in a headless, CPU-rastered Chromium at 1440 x 900. Stepping
 * through prefetched 1080p JPEGs beside a bare page that draws the same pictures; a frame with 10,000 polygons of 20
 * points beside one with sixty of them; a frame with 100,000 boxes; a task with a million shapes; memory of the page over
 * 1,000 frame changes; a 1080p video of 10,000 frames with 50 tracks, stepped, played and scrubbed.
 * Usage: node bench/workspace/run.ts [--only steps,crowd,boxes,million,memory,video] [--count 10000] [--rounds 3]
 */
import { rm } from 'node:fs/promises'
import { loadavg } from 'node:os'
import { parseArgs } from 'node:util'
import type { Browser, Page } from 'playwright-core'
import { launchChromium } from '../../e2e/harness/chromium.ts'
import { type ServedApp, serveApp } from '../../e2e/harness/served-app.ts'
import { quantile, report } from '../samples.ts'
import { workOnBoxes } from './boxes.ts'
import { workOn } from './crowd.ts'
import { memoryOf } from './memory.ts'
import { installProbe } from './probe.ts'
import { HEAD, rowsOf, type Samples } from './rows.ts'
import { type Steps, stepApp, stepFloor } from './steps.ts'
import { CROWDED, makeTasks, SPARSE } from './task.ts'
import { frameShown } from './timing.ts'
import { addTracks, makeVideo, makeVideoTask, play, scrub } from './video.ts'

const STEPS = 40
const CHANGES = 1000
const { values } = parseArgs({
  options: {
    only: { type: 'string', default: 'steps,crowd,boxes,million,memory,video' },
    count: { type: 'string', default: '10000' },
    boxes: { type: 'string', default: '100000' },
    shapes: { type: 'string', default: '1000000' },
    frames: { type: 'string', default: '10000' },
    tracks: { type: 'string', default: '50' },
    rounds: { type: 'string', default: '3' },
  },
})
const [count, boxes, shapes] = [values.count, values.boxes, values.shapes].map(Number)
const rounds = Number(values.rounds)
const rows: string[][] = []
const scenes = { steps, crowd, boxes: boxed, million, memory, video }

const { root, dataDir } = await makeTasks({
  polygons: count ?? 0,
  boxes: boxes ?? 0,
  shapes: shapes ?? 0,
})
const app = await serveApp(dataDir)
const browser = await launchChromium()
try {
  for (const [name, scene] of Object.entries(scenes)) {
    if (!values.only.split(',').includes(name)) continue
    await scene()
    rows.push([`(load of the machine after it: ${loadavg()[0]?.toFixed(1)})`], [])
  }
} finally {
  await browser.close()
  await app.stop()
  await rm(root, { recursive: true, force: true })
}
report(rows)

async function open(task: number | null): Promise<Page> {
  const page = await newPage(browser, app)
  if (task === null) return page
  await page.goto(new URL(`/tasks/${task}/annotate`, app.url).href)
  await frameShown(page, 0)
  await page.waitForTimeout(2000)
  return page
}

async function newPage(from: Browser, { url }: ServedApp): Promise<Page> {
  for (const context of from.contexts()) await context.close()
  const context = await from.newContext({ viewport: { width: 1440, height: 900 } })
  const page = await context.newPage()
  page.on('pageerror', (error) => console.error(error))
  await page.addInitScript(installProbe)
  await page.goto(url)
  await page.getByText('Fieldmark').first().waitFor()
  return page
}

async function steps(): Promise<void> {
  rows.push(
    ['stepping, prefetched', 'p50 ms', 'p95 ms', 'on the display, p95'],
    stepRow('floor: bare page, key to painted', await stepFloor(await open(null), 1, STEPS)),
    stepRow('app: F to picture and panels painted', await stepApp(await open(1), STEPS)),
  )
}

async function crowd(): Promise<void> {
  const [few, many]: [Samples, Samples] = [new Map(), new Map()]
  for (let round = 0; round < rounds; round += 1) {
    await workOn(await open(1), SPARSE, few)
    await workOn(await open(1), CROWDED, many)
  }
  rows.push([`${count} polygons`, ...HEAD.slice(1)], ...rowsOf(few, many))
}

async function boxed(): Promise<void> {
  const samples: Samples = new Map()
  for (let round = 0; round < rounds; round += 1) await workOnBoxes(await open(2), samples)
  rows.push([`${boxes} boxes`, ...HEAD.slice(1)], ...rowsOf(new Map(), samples))
  await browser.contexts()[0]?.close()
}

async function million(): Promise<void> {
  const page = await open(3)
  rows.push([`${shapes} shapes on 1,000 frames`, 'p50 ms', 'p95 ms', 'on the display, p95'])
  rows.push(stepRow('app: F to picture and panels painted', await stepApp(page, STEPS)))
  rows.push(await memoryRow(page, `after ${STEPS} frames`))
}

async function memory(): Promise<void> {
  const page = await open(1)
  rows.push(['memory', 'heap MB', 'process MB'])
  for (let done = 0; done < CHANGES; done += 1) {
    if ([100, 250, 500, 750].includes(done))
      rows.push(await memoryRow(page, `after ${done} frames`))
    await page.keyboard.press(Math.floor(done / 50) % 2 === 0 ? 'f' : 'd')
    await page.waitForTimeout(100)
  }
  rows.push(await memoryRow(page, `after ${CHANGES} frames`))
}

async function video(): Promise<void> {
  const [frames, tracks] = [Number(values.frames), Number(values.tracks)]
  const path = makeVideo(frames)
  rows.push(['1080p video', 'p50 ms', 'p95 ms', 'on the display, p95'])
  const plain = await makeVideoTask(dataDir, path, 'video')
  rows.push(stepRow('app: F to the next frame painted', await stepApp(await open(plain), STEPS)))
  const task = await makeVideoTask(dataDir, path, 'video with tracks')
  await addTracks(await open(null), { task, tracks, frames, every: 10 })
  const page = await open(task)
  const what = `the same, ${frames} frames x ${tracks} tracks`
  rows.push(stepRow(what, await stepApp(page, STEPS)))
  const jumps = await scrub(page, frames, 60)
  const [p50, p95] = [quantile(jumps, 0.5), quantile(jumps, 0.95)]
  rows.push(['scrubbing: a place to its frame seen', p50.toFixed(0), p95.toFixed(0)])
  rows.push(['playing', 'frames shown/s', 'film s/s', 'dropped', 'gap p95 ms'])
  for (const [name, key] of [
    ['forwards', 'Space'],
    ['backwards', 'Shift+Space'],
  ] as const) {
    const { shownFps, pace, dropped, gap95 } = await play(page, key, 10)
    const cells = [shownFps.toFixed(1), pace.toFixed(2), String(dropped), gap95.toFixed(0)]
    rows.push([`1x ${name}, ${tracks} tracks`, ...cells])
  }
  rows.push(await memoryRow(page, 'memory: heap MB, process MB'))
}

async function memoryRow(page: Page, what: string): Promise<string[]> {
  await page.waitForTimeout(2000)
  const { heap, resident } = await memoryOf(browser, page)
  return [what, heap.toFixed(0), resident.toFixed(0)]
}

function stepRow(what: string, { p50, p95, shown95 }: Steps): string[] {
  return [what, p50.toFixed(1), p95.toFixed(1), `${shown95} ms`]
}
