import { readdir, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout } from 'node:timers/promises'

const WATCHED = /\.(py|ya?ml|json|txt)$/
const LEFT_OUT = /^(\.|__pycache__$|node_modules$|venv$)/
const MOST_FILES = 5000
const EVERY_MS = 500

/** Calls `onChange` whenever the sources of a function changed, until the signal. */
export async function watchFolder(
  folder: string,
  onChange: () => Promise<void>,
  signal: AbortSignal,
): Promise<void> {
  let before = await stampOf(folder)
  while (!signal.aborted) {
    await setTimeout(EVERY_MS, undefined, { signal }).catch(() => {})
    if (signal.aborted) return
    const now = await stampOf(folder)
    if (now !== before) await onChange()
    before = now
  }
}

/** Names, sizes and times; what cannot be read counts as not there. */
async function stampOf(folder: string): Promise<string> {
  const facts: string[] = []
  const visit = async (path: string): Promise<void> => {
    for (const entry of await readdir(path, { withFileTypes: true }).catch(() => [])) {
      if (facts.length >= MOST_FILES || LEFT_OUT.test(entry.name)) continue
      const full = join(path, entry.name)
      if (entry.isDirectory()) await visit(full)
      else if (WATCHED.test(entry.name)) {
        const info = await stat(full).catch(() => null)
        facts.push(`${full} ${info?.size} ${info?.mtimeMs}`)
      }
    }
  }
  await visit(folder)
  return facts.sort().join('\n')
}
