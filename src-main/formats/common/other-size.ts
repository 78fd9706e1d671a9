import type { DatasetFrame } from '#main/core/ports.ts'
import type { ImportTally } from './import-tally.ts'

/** Count a picture that is larger or smaller here than its file says; 0 is a size nobody knows. */
export function noteOtherSize(
  frame: DatasetFrame | null,
  said: { readonly width: number; readonly height: number },
  tally: Pick<ImportTally, 'note'>,
): void {
  if (frame === null || said.width === 0 || frame.width === 0) return
  if (said.width === frame.width && said.height === frame.height) return
  tally.note(
    'pictures have another size here than the file says; their annotations were not scaled',
  )
}
