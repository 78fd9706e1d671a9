import type { Store } from './ports.ts'

const KEPT = 5
const DELAY_MS = 60_000

/**
 * A rotating copy of the database a day: a minute after the start (a machine that is only ever switched off never closes
 * us) and at closing. One that fails, on a full disk say, keeps nobody from working or closing; the next one tries again.
 */
export function createDailyBackup(store: Store, dir: string) {
  let running: Promise<unknown> = Promise.resolve()
  const runIfDue = () => {
    running = running.then(async () => {
      if (store.worthBackingUp(dir)) await store.backup(dir, KEPT).catch(() => null)
    })
    return running
  }
  const timer = setTimeout(() => void runIfDue(), DELAY_MS)
  timer.unref()
  return {
    async close(): Promise<void> {
      clearTimeout(timer)
      await runIfDue()
    },
  }
}
