import type { Page } from 'playwright-core'
import type { Smoothness } from './probe.ts'
import { CROWDED } from './task.ts'

export interface Took {
  readonly ms: number
  /** Longest time between two frames meanwhile, ms. */
  readonly worst: number
}

declare global {
  interface Window {
    took: Promise<Took>
  }
}

/** Goes to the frame before the crowded ones and lets the app prefetch. */
export async function goBefore(page: Page): Promise<void> {
  await page.keyboard.press('Home')
  await frameShown(page, 0)
  await page.keyboard.press('End')
  await frameShown(page, CROWDED[2] ?? 0)
  for (let at = 0; at < CROWDED.length; at += 1) {
    await page.waitForTimeout(1500)
    await page.keyboard.press('d')
  }
  await frameShown(page, (CROWDED[0] ?? 0) - 1)
  await page.waitForTimeout(3000)
}

/** F until the shapes of the next frame are visible. */
export async function stepInto(page: Page, frame: number): Promise<Took> {
  await page.waitForTimeout(2000)
  return timed(page, 'step', { frame }, () => page.keyboard.press('f'))
}

/** Ten thousand rows, 1,500 pixels a frame: as fast as a thumb is dragged. */
export function scrollList(page: Page): Promise<Smoothness> {
  return page.evaluate(async () => {
    const row = document.querySelector('[role=option]')
    const list = row?.closest<HTMLElement>('[class*=scroller]')
    if (!list) throw new Error('no list')
    return window.probe.frames(3000, (i) => {
      list.scrollTop = Math.abs(((i * 1500) % 600_000) - 300_000)
    })
  })
}

/** The wheel over the list: short ways, many frames. */
export async function wheelList(page: Page): Promise<Smoothness> {
  const list = page.locator('[class*=scroller]').first()
  const box = await list.boundingBox()
  if (!box) throw new Error('no list')
  await page.mouse.move(box.x + 100, box.y + 200)
  const frames = page.evaluate(() => window.probe.frames(2000, () => undefined))
  for (let at = 0; at < 40; at += 1) {
    await page.mouse.wheel(0, 120)
    await page.waitForTimeout(40)
  }
  return frames
}

/** The pointer over the picture: shapes light up, and so do their rows. */
export async function hover(page: Page): Promise<Smoothness> {
  const frames = page.evaluate(() => window.probe.frames(2000, () => undefined))
  for (let at = 0; at < 60; at += 1) {
    await page.mouse.move(300 + at * 8, 350 + (at % 7) * 20)
    await page.waitForTimeout(25)
  }
  return frames
}

export async function select(page: Page): Promise<Took> {
  await page.mouse.move(500, 400)
  await page.waitForTimeout(500)
  return timed(page, 'select', {}, () => page.mouse.click(500, 400))
}

/** Frames while a shape is dragged, then from letting go until the picture of all shapes has it. */
export async function drag(page: Page): Promise<{ frames: Smoothness; drop: Took }> {
  await page.waitForTimeout(1000)
  const frames = await page.evaluate(async () => {
    const host = document.querySelector<HTMLElement>('[data-testid=canvas]')
    if (!host) throw new Error('no canvas')
    host.setPointerCapture = () => undefined
    const send = (type: string, x: number, y: number) =>
      host.dispatchEvent(
        new PointerEvent(type, { clientX: x, clientY: y, pointerId: 1, bubbles: true }),
      )
    send('pointermove', 500, 400)
    send('pointerdown', 500, 400)
    const smooth = await window.probe.frames(2000, (i) =>
      send('pointermove', 500 + 150 * Math.sin(i / 9), 400 + 100 * (1 - Math.cos(i / 7))),
    )
    send('pointermove', 540, 440)
    return smooth
  })
  await page.waitForTimeout(500)
  const letGo = () =>
    page.evaluate(() => {
      const init = { clientX: 540, clientY: 440, pointerId: 1, bubbles: true }
      document
        .querySelector('[data-testid=canvas]')
        ?.dispatchEvent(new PointerEvent('pointerup', init))
    })
  return { frames, drop: await timed(page, 'drop', {}, letGo) }
}

/** A rectangle; from letting go until the list counts it and the picture has it. */
export async function draw(page: Page, count: number): Promise<Took> {
  await page.waitForTimeout(1000)
  await page.keyboard.press('Escape')
  await page.keyboard.press('n')
  await page.mouse.move(300, 300)
  await page.mouse.down()
  await page.mouse.move(420, 380, { steps: 3 })
  await page.waitForTimeout(500)
  return timed(page, 'count', { count }, () => page.mouse.up())
}

export async function press(page: Page, key: string, count: number): Promise<Took> {
  await page.waitForTimeout(1000)
  return timed(page, 'count', { count }, () => page.keyboard.press(key))
}

type Effect = 'step' | 'select' | 'drop' | 'count'

/** Does `act`; the clock runs from the event it causes in the page until the effect is painted. */
async function timed(
  page: Page,
  what: Effect,
  wanted: { frame?: number; count?: number },
  act: () => Promise<unknown>,
): Promise<Took> {
  await page.evaluate(prepare, { what, wanted })
  await act()
  return page.evaluate(() => window.took)
}

/** Runs in the page: waits for the event, then for its effect. */
function prepare({ what, wanted }: { what: Effect; wanted: { frame?: number; count?: number } }) {
  const host = document.querySelector<HTMLElement>('[data-testid=canvas]')
  if (!host) throw new Error('no canvas')
  const isPainted = () => host.dataset.settled !== undefined
  const digits = () => document.querySelector('[class*=count]')?.textContent?.replace(/\D/g, '')
  const isDone = {
    step: () => host.dataset.frame === String(wanted.frame) && isPainted(),
    select: () => document.querySelector('[role=option][aria-selected=true]') !== null,
    drop: isPainted,
    count: () => digits() === String(wanted.count) && isPainted(),
  }[what]
  window.took = new Promise((resolve) => {
    const heard = new AbortController()
    const begin = (event: Event) => {
      heard.abort()
      delete host.dataset.settled
      resolve(window.probe.until(event.timeStamp, isDone))
    }
    for (const type of ['keydown', 'pointerdown', 'pointerup'])
      addEventListener(type, begin, { capture: true, signal: heard.signal })
  })
}

export function frameShown(page: Page, frame: number) {
  return page.locator(`[data-testid=canvas][data-frame="${frame}"]`).waitFor()
}
