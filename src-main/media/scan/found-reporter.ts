import type { FrameLocation } from '../../core/ports.ts'

type OnFound = (first: FrameLocation & { name: string }, found: number) => void

const EVERY_MS = 250

/** Tells about the first picture at once, then about the growing count a few times a second. */
export function foundReporter(onFound: OnFound | undefined) {
  let first: (FrameLocation & { name: string }) | null = null
  let count = 0
  let toldAt = 0
  return (added: number, describe: () => FrameLocation & { name: string }): void => {
    count += added
    const now = performance.now()
    if (!onFound || count === 0 || (first && now - toldAt < EVERY_MS)) return
    first ??= describe()
    toldAt = now
    onFound(first, count)
  }
}
export type FoundReporter = ReturnType<typeof foundReporter>
