import type { Page } from 'playwright-core'

/** Makes the sample project from a page of the app, and waits until its annotations are there. @returns its task's id */
export async function makeSample(page: Page): Promise<number> {
  const taskId = await page.evaluate(async () => {
    const response = await fetch('/api/app/demo', { method: 'POST' })
    return ((await response.json()) as { taskId: number }).taskId
  })
  const isThere = async (id: number) => {
    const response = await fetch(`/api/tasks/${id}`)
    return ((await response.json()) as { objectCount: number }).objectCount > 0
  }
  await page.waitForFunction(isThere, taskId, { timeout: 60_000 })
  return taskId
}
