import { copyFile, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Browser, Page } from 'playwright-core'
import { launchChromium, openPage } from './chromium.ts'
import { fieldmarkJson } from './cli.ts'
import { serveApp } from './served-app.ts'

const IMAGES = fileURLToPath(new URL('../../resources/sample/images', import.meta.url))

export interface OpenWorkspace {
  readonly page: Page
  readonly browser: Browser
  readonly taskId: number
  readonly dataDir: string
  close(): Promise<void>
}

/** The sample pictures (800 x 600) as a task with these raw labels, open in the annotation screen of a real Chromium. */
export async function openWorkspace(
  labels: readonly unknown[],
  paths: readonly string[] = [IMAGES],
): Promise<OpenWorkspace> {
  const dataDir = await mkdtemp(join(tmpdir(), 'fieldmark-e2e-'))
  const json = JSON.stringify(labels)
  const args = ['task', 'create', 'tools', '--labels', json, ...paths]
  const { id } = await fieldmarkJson<{ id: number }>(dataDir, ...args)
  const browser = await launchChromium()
  const app = await serveApp(dataDir)
  const page = await openPage(browser, app.url)
  await page.goto(new URL(`/tasks/${id}/annotate`, app.url).href)
  // The number is there before the picture is.
  const canvas = page.locator('[data-testid=canvas][data-frame="0"][data-settled=true]')
  await canvas.waitFor({ timeout: 60_000 })
  return {
    page,
    browser,
    taskId: id,
    dataDir,
    async close() {
      await browser.close()
      await app.stop()
      await rm(dataDir, { recursive: true, force: true })
    },
  }
}

/** A folder of so many copies of one sample picture (640 x 480): what is drawn on one frame lies in the same place on all. */
export async function samePictures(count: number): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'fieldmark-pictures-'))
  for (let at = 0; at < count; at += 1) {
    const name = `picture_${String(at).padStart(3, '0')}.jpg`
    await copyFile(join(IMAGES, 'desk_0001.jpg'), join(folder, name))
  }
  return folder
}

/** What the core has of a frame, once everything the page did has reached it. */
export async function storedAnnotations<T>(
  page: Page,
  taskId: number,
  frame: number,
): Promise<T[]> {
  await page.getByText('Saved', { exact: true }).waitFor()
  return page.evaluate(
    async ([id, index]) => {
      const response = await fetch(`/api/tasks/${id}/annotations/${index}`)
      return ((await response.json()) as { annotations: T[] }).annotations
    },
    [taskId, frame] as const,
  )
}

export const frameShown = (page: Page) => page.getByTestId('canvas').getAttribute('data-frame')
