/**
 * The annotation screen as a person uses it: the real app in a headless, CPU-rastered Chromium at 1440 x 900. Stepping
 * through prefetched 1080p JPEGs beside a bare page that draws the same pictures, and a frame with 10,000 polygons of 20
 * points: step onto it, scroll its list, select, drag, draw, delete, undo. Memory of the page after 300 frame changes.
 * Usage: node bench/workspace/run.ts [--count 10000] [--changes 300] [--no-steps]
 */
import { rm } from 'node:fs/promises'
import { parseArgs } from 'node:util'
import type { Browser, Page } from 'playwright-core'
import { launchChromium } from '../../e2e/harness/chromium.ts'
import { type ServedApp, serveApp } from '../../e2e/harness/served-app.ts'
import { report } from '../samples.ts'
import * as crowd from './crowd.ts'
import { memoryOf } from './memory.ts'
import { installProbe, type Smoothness } from './probe.ts'
import { type Steps, stepApp, stepFloor } from './steps.ts'
import { CROWDED, makeTask } from './task.ts'

const STEPS = 40
const { values } = parseArgs({
  options: {
    count: { type: 'string', default: '10000' },
    changes: { type: 'string', default: '300' },
    'no-steps': { type: 'boolean', default: false },
  },
})
const count = Number(values.count)
const rows: string[][] = [['what', 'p50 ms', 'p95 ms', 'longest frame ms', 'fps / note']]

const { root, dataDir } = await makeTask(count)
const app = await serveApp(dataDir)
const browser = await launchChromium()
try {
  if (!values['no-steps']) {
    rows.push(stepRow('floor: bare page, key to painted', await stepFloor(await open(), 1, STEPS)))
    rows.push(
      stepRow('app: F to picture and panels painted', await stepApp(await open(true), STEPS)),
    )
  }
  await benchCrowd(await open(true))
  await benchMemory(await open(true))
} finally {
  await browser.close()
  await app.stop()
  await rm(root, { recursive: true, force: true })
}
report(rows)

async function open(onTask = false): Promise<Page> {
  const page = await newPage(browser, app)
  if (!onTask) return page
  await page.goto(new URL('/tasks/1/annotate', app.url).href)
  await crowd.frameShown(page, 0)
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

async function benchCrowd(page: Page): Promise<void> {
  await crowd.goBefore(page)
  for (const frame of CROWDED)
    rows.push(tookRow(`F onto ${count} polygons`, await crowd.stepInto(page, frame)))
  await page.waitForTimeout(2000)
  rows.push(smoothRow('scroll the list, 1,500 px a frame', await crowd.scrollList(page)))
  rows.push(smoothRow('scroll the list, wheel', await crowd.wheelList(page)))
  rows.push(smoothRow('pointer over the picture', await crowd.hover(page)))
  rows.push(tookRow('click to selected', await crowd.select(page)))
  const { frames, drop } = await crowd.drag(page)
  rows.push(smoothRow('drag one', frames), tookRow('let go', drop))
  rows.push(tookRow('draw one more', await crowd.draw(page, count + 1)))
  await page.mouse.move(360, 340)
  rows.push(tookRow('delete it', await crowd.press(page, 'Delete', count)))
  rows.push(tookRow('undo', await crowd.press(page, 'Control+z', count + 1)))
}

async function benchMemory(page: Page): Promise<void> {
  const changes = Number(values.changes)
  for (const part of [1 / 6, 1]) {
    const done = Math.round(changes * part)
    const from = part === 1 ? Math.round(changes / 6) : 0
    for (let at = from; at < done; at += 1) {
      await page.keyboard.press(Math.floor(at / 50) % 2 === 0 ? 'f' : 'd')
      await page.waitForTimeout(100)
    }
    await page.waitForTimeout(2000)
    const { heap, resident } = await memoryOf(browser, page)
    const note = `heap ${heap.toFixed(0)} MB, resident ${resident.toFixed(0)} MB`
    rows.push([`after ${done} frame changes`, '', '', '', note])
  }
}

function stepRow(what: string, { p50, p95, shown95 }: Steps): string[] {
  return [what, ms(p50), ms(p95), '', `on the display, p95: ${shown95} ms`]
}

function tookRow(what: string, { ms: took, worst }: crowd.Took): string[] {
  return [what, ms(took), '', ms(worst), '']
}

function smoothRow(what: string, { fps, p95, worst }: Smoothness): string[] {
  return [what, '', ms(p95), ms(worst), fps.toFixed(1)]
}

function ms(value: number): string {
  return value.toFixed(1)
}
