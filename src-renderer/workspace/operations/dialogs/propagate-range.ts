import type { FrameIndex } from '#shared/domain/ids.ts'

/** The frames that copies go to. @param by  how many frames forward; negative: backward */
export function propagateRange(
  frame: FrameIndex,
  by: number,
): { first: FrameIndex; last: FrameIndex } {
  return by > 0 ? { first: frame + 1, last: frame + by } : { first: frame + by, last: frame - 1 }
}
