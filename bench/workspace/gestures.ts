import type { Page } from 'playwright-core'
import type { Smoothness } from './probe.ts'
import { type Took, timed } from './timing.ts'

/** How long a gesture is watched, ms. */
const WATCH_MS = 2000

/** Rows, 1,500 pixels a frame: as fast as a thumb is dragged. */
export function scrollList(page: Page): Promise<Smoothness> {
  return page.evaluate(async (watch) => {
    const list = document
      .querySelector('[class*=scroller] li')
      ?.closest<HTMLElement>('[class*=scroller]')
    if (!list) throw new Error('no list')
    const way = list.scrollHeight - list.clientHeight
    return window.probe.frames(watch, (i) => {
      list.scrollTop = Math.abs(((i * 1500) % (2 * way)) - way)
    })
  }, WATCH_MS)
}

/** The wheel over the list: short ways, many frames. */
export async function wheelList(page: Page): Promise<Smoothness> {
  const box = await page.locator('[class*=scroller]').first().boundingBox()
  if (!box) throw new Error('no list')
  await page.mouse.move(box.x + 100, box.y + 200)
  return meanwhile(page, 40, () => page.mouse.wheel(0, 120))
}

/** The pointer over the picture: shapes light up, and so do their rows. */
export function hover(page: Page): Promise<Smoothness> {
  return meanwhile(page, 60, (at) => page.mouse.move(300 + at * 8, 350 + (at % 7) * 20))
}

async function meanwhile(page: Page, times: number, act: (at: number) => Promise<void>) {
  const frames = page.evaluate((watch) => window.probe.frames(watch, () => undefined), WATCH_MS)
  for (let at = 0; at < times; at += 1) {
    await act(at)
    await page.waitForTimeout(1500 / times)
  }
  return frames
}

/** The wheel over the picture, one notch a frame, in and out. */
export async function zoom(page: Page): Promise<Smoothness> {
  const result = await page.evaluate(async (watch) => {
    const host = document.querySelector<HTMLElement>('[data-testid=canvas]')
    if (!host) throw new Error('no canvas')
    const { x, y, width, height } = host.getBoundingClientRect()
    const about = { clientX: x + width / 2, clientY: y + height / 2, bubbles: true }
    return window.probe.frames(watch, (i) => {
      const deltaY = Math.floor(i / 12) % 2 ? 40 : -40
      host.dispatchEvent(new WheelEvent('wheel', { deltaY, cancelable: true, ...about }))
    })
  }, WATCH_MS)
  await rest(page)
  return result
}

export async function pan(page: Page): Promise<Smoothness> {
  const result = await swing(page, 1)
  await rest(page)
  return result
}

/** The view is as it was, and painted. */
async function rest(page: Page): Promise<void> {
  await page.evaluate(() => {
    const host = document.querySelector<HTMLElement>('[data-testid=canvas]')
    if (host) delete host.dataset.settled
  })
  await page.keyboard.press('Control+Shift+f')
  await page.waitForTimeout(1500)
}

/** Frames while the middle shape is dragged, then from letting go until the picture of all shapes has it. */
export async function drag(page: Page): Promise<{ frames: Smoothness; drop: Took }> {
  const frames = await swing(page, 0)
  await page.waitForTimeout(500)
  const drop = await timed(page, { what: 'shown' }, () => release(page, 0))
  return { frames, drop }
}

/** Presses in the middle and moves to and fro; the left button stays down. */
async function swing(page: Page, button: 0 | 1): Promise<Smoothness> {
  const frames = await page.evaluate(
    async ({ watch, button }) => {
      const host = document.querySelector<HTMLElement>('[data-testid=canvas]')
      if (!host) throw new Error('no canvas')
      const box = host.getBoundingClientRect()
      const [x, y] = [box.x + box.width / 2, box.y + box.height / 2]
      host.setPointerCapture = () => undefined
      const send = (type: string, dx: number, dy: number) =>
        host.dispatchEvent(
          new PointerEvent(type, {
            clientX: x + dx,
            clientY: y + dy,
            button,
            pointerId: 1,
            bubbles: true,
          }),
        )
      send('pointermove', 0, 0)
      send('pointerdown', 0, 0)
      const smooth = await window.probe.frames(watch, (i) =>
        send('pointermove', 150 * Math.sin(i / 9), 100 * (1 - Math.cos(i / 7))),
      )
      send('pointermove', 40, 40)
      return smooth
    },
    { watch: WATCH_MS, button },
  )
  if (button === 1) await release(page, 1)
  return frames
}

function release(page: Page, button: 0 | 1): Promise<void> {
  return page.evaluate((button) => {
    const host = document.querySelector<HTMLElement>('[data-testid=canvas]')
    const box = host?.getBoundingClientRect()
    if (!host || !box) throw new Error('no canvas')
    const at = { clientX: box.x + box.width / 2 + 40, clientY: box.y + box.height / 2 + 40 }
    host.dispatchEvent(
      new PointerEvent('pointerup', { ...at, button, pointerId: 1, bubbles: true }),
    )
  }, button)
}

/** The middle of the picture, where the first shape of every frame lies. */
export async function middle(page: Page): Promise<{ x: number; y: number }> {
  const box = await page.getByTestId('canvas').boundingBox()
  if (!box) throw new Error('no canvas')
  return { x: box.x + box.width / 2, y: box.y + box.height / 2 }
}
