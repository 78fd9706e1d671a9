import type { Page } from 'playwright-core'
import { hover, middle, pan, scrollList, zoom } from './gestures.ts'
import { add, type Samples } from './rows.ts'
import { BOXED } from './task.ts'
import { frameShown, timed } from './timing.ts'

/** A frame with very many boxes: opened cold, and looked around on. */
export async function workOnBoxes(page: Page, samples: Samples): Promise<void> {
  const shown = { what: 'frame', frame: BOXED } as const
  add(
    samples,
    'F onto it, nothing read ahead',
    await timed(page, shown, () => page.keyboard.press('f')),
  )
  for (const [what, gesture] of Object.entries({ zoom, pan, 'pointer over the picture': hover })) {
    await page.waitForTimeout(3000)
    add(samples, what, await gesture(page))
  }
  add(samples, 'list, 1,500 px a frame', await scrollList(page))
  await page.waitForTimeout(2000)
  const { x, y } = await middle(page)
  await page.mouse.move(x, y)
  await page.waitForTimeout(2000)
  const selected = { what: 'selected' } as const
  add(
    samples,
    'click, until the list shows it',
    await timed(page, selected, () => page.mouse.click(x, y)),
  )
  await page.waitForTimeout(2000)
  const nudge = () => page.keyboard.press('Alt+ArrowRight')
  add(samples, 'nudge it', await timed(page, { what: 'shown' }, nudge))
  await page.keyboard.press('d')
  await frameShown(page, BOXED - 1)
  await page.waitForTimeout(4000)
  add(samples, 'F back onto it', await timed(page, shown, () => page.keyboard.press('f')))
}
