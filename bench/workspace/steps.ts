import type { Page } from 'playwright-core'
import { quantile } from '../samples.ts'

/** Between two keys: a person who looks at each picture. */
const PACE_MS = 250
const WARM_UP = 4

export interface Steps {
  readonly p50: number
  readonly p95: number
  /** The browser's own figure until the display has it, in steps of 8 ms. */
  readonly shown95: number
}

/** F, `count` times, through frames the app has prefetched. */
export async function stepApp(page: Page, count: number): Promise<Steps> {
  await page.evaluate(() => {
    const host = document.querySelector('[data-testid=canvas]')
    if (!host) throw new Error('no canvas')
    new MutationObserver(() => window.probe.effect()).observe(host, {
      attributeFilter: ['data-frame'],
    })
  })
  return pressKeys(page, count)
}

/**
 * The floor: a bare page with nothing but a canvas as large as the app's. The same pictures are decoded beforehand; a key
 * draws the next one.
 */
export async function stepFloor(page: Page, taskId: number, count: number): Promise<Steps> {
  await page.route('**/floor.html', (route) =>
    route.fulfill({ contentType: 'text/html', body: '<!doctype html><body></body>' }),
  )
  await page.goto(new URL('/floor.html', page.url()).href)
  await page.evaluate(
    async ({ taskId, count }) => {
      const canvas = document.createElement('canvas')
      canvas.width = 1080
      canvas.height = 800
      document.body.append(canvas)
      const ctx = canvas.getContext('2d')
      if (!ctx) throw new Error('no 2D context')
      const pictures: ImageBitmap[] = []
      for (let at = 0; at < count; at += 1) {
        const response = await fetch(`/frames/${taskId}/${at}?quality=display`)
        pictures.push(await createImageBitmap(await response.blob()))
      }
      addEventListener('keydown', () => {
        const picture = pictures.shift()
        if (!picture) return
        ctx.drawImage(picture, 0, 96, 1080, 608)
        window.probe.effect()
      })
    },
    { taskId, count: count + WARM_UP },
  )
  return pressKeys(page, count)
}

async function pressKeys(page: Page, count: number): Promise<Steps> {
  for (let at = 0; at < count + WARM_UP; at += 1) {
    await page.waitForTimeout(PACE_MS)
    await page.keyboard.press('f')
  }
  await page.waitForTimeout(PACE_MS)
  const { keyTimes, eventTimes } = await page.evaluate(() => window.probe)
  const times = keyTimes.slice(WARM_UP)
  if (times.length !== count) throw new Error(`${count} keys gave ${times.length} frames`)
  return {
    p50: quantile(times, 0.5),
    p95: quantile(times, 0.95),
    shown95: quantile(eventTimes.slice(-count), 0.95),
  }
}
