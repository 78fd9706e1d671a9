import type { Page } from 'playwright-core'

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

/**
 * When an action counts as done: `now`: with the next painting; `shown`: the canvas shows a picture with the change;
 * `settled`: at true stroke widths; `selected`: the list says so; `counted`: the list counts `count` objects and the canvas
 * shows them; `frame`: the canvas shows all of that frame.
 */
export type Effect =
  | { readonly what: 'now' | 'shown' | 'settled' | 'selected' }
  | { readonly what: 'counted'; readonly count: number }
  | { readonly what: 'frame'; readonly frame: number }

/** Does `act`; the clock runs from the first event it causes in the page until the effect is painted. */
export async function timed(
  page: Page,
  effect: Effect,
  act: () => Promise<unknown>,
): Promise<Took> {
  await page.evaluate(prepare, effect)
  await act()
  return page.evaluate(() => window.took)
}

/** Runs in the page: waits for the event, then for its effect. */
function prepare(effect: Effect) {
  const host = document.querySelector<HTMLElement>('[data-testid=canvas]')
  if (!host) throw new Error('no canvas')
  const isShown = () => host.dataset.settled !== undefined
  const digits = () => document.querySelector('[class*=count]')?.textContent?.replace(/\D/g, '')
  const isDone = () => {
    switch (effect.what) {
      case 'now':
        return true
      case 'shown':
        return isShown()
      case 'settled':
        return host.dataset.settled === 'true'
      case 'selected':
        return document.querySelector('[class*=scroller] [aria-current=true]') !== null
      case 'counted':
        return digits() === String(effect.count) && isShown()
      case 'frame':
        return host.dataset.frame === String(effect.frame) && isShown()
    }
  }
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
  return page.locator(`[data-testid=canvas][data-frame="${frame}"]`).waitFor({ timeout: 60_000 })
}

/** How many objects the list says there are. */
export async function objectCount(page: Page): Promise<number> {
  const text = await page.locator('[class*=count]').first().textContent()
  return Number(text?.replace(/\D/g, ''))
}
