import type { DatasetFrame, WorkContext } from '#main/core/ports.ts'
import type { ImportTally } from './import-tally.ts'
import { hasSize } from './relative-numbers.ts'

/** Numbers relative to a picture's size mean nothing without it: what is on such a frame is left out, and told. */
export function noteUnknownSize(context: WorkContext, frame: DatasetFrame, count: number): void {
  if (count > 0 && !hasSize(frame)) {
    context.note?.('annotations on pictures whose size is unknown were left out', count)
  }
}

/** The same for an import. @returns whether the size is known */
export function isSizeKnown(tally: ImportTally, frame: DatasetFrame): boolean {
  if (hasSize(frame)) return true
  tally.note('objects on pictures whose size is unknown were left out')
  return false
}
