import { createHash } from 'node:crypto'
import { readdirSync, rmSync, statSync } from 'node:fs'
import { join } from 'node:path'
import type { VideoStamp } from '../../../core/ports.ts'
import { prune } from '../../reader/disk-cache.ts'

const MOST_BYTES = 4 * 1024 ** 3
/** A file half written that has not grown for this long belongs to nobody. */
const ABANDONED_MS = 3_600_000

export const proxiesDir = (cacheDir: string) => join(cacheDir, 'proxies')

/** A changed file has another proxy. */
export function proxyName({ path, sizeBytes, mtimeMs }: VideoStamp): string {
  const text = `${path}\0${sizeBytes}\0${mtimeMs}`
  return `${createHash('sha1').update(text).digest('hex')}.proxy`
}

/** What was not used for the longest goes first; what a crash left behind goes at once. */
export function sweepProxies(dir: string, maxBytes = MOST_BYTES): void {
  for (const name of readdirSync(dir)) {
    const file = join(dir, name)
    const age = Date.now() - (statSync(file, { throwIfNoEntry: false })?.mtimeMs ?? 0)
    if (name.endsWith('.part') && age > ABANDONED_MS) rmSync(file, { force: true })
  }
  prune(dir, maxBytes).catch(() => undefined)
}
