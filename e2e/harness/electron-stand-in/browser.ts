import type { Browser } from 'playwright-core'
import { launchChromium } from '../chromium.ts'

let running: Promise<Browser> | undefined

/** One browser for all windows, started at the first. */
export function browser(): Promise<Browser> {
  running ??= launchChromium()
  return running
}

export async function closeBrowser(): Promise<void> {
  await (await running)?.close()
  running = undefined
}
