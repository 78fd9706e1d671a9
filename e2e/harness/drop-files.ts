import type { Page } from 'playwright-core'

/** Files and folders of this machine dropped on a place of the window, as the browser itself does it. */
export async function dropFiles(
  page: Page,
  paths: readonly string[],
  [x, y]: readonly [number, number] = [700, 450],
): Promise<void> {
  const session = await page.context().newCDPSession(page)
  const data = { items: [], files: [...paths], dragOperationsMask: 1 }
  for (const type of ['dragEnter', 'dragOver', 'drop'] as const)
    await session.send('Input.dispatchDragEvent', { type, x, y, data })
  await session.detach()
}
