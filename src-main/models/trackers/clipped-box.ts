import type { CentredBox } from './tracked-box.ts'

const LEAST_SIDE = 10

/** The trackers of PySOT's line keep the middle in the picture, and boxes of ten pixels or more, no larger than it. */
export function clippedBox(
  { width, height }: { readonly width: number; readonly height: number },
  { cx, cy, w, h }: CentredBox,
): CentredBox {
  return {
    cx: Math.max(0, Math.min(cx, width)),
    cy: Math.max(0, Math.min(cy, height)),
    w: Math.max(LEAST_SIDE, Math.min(w, width)),
    h: Math.max(LEAST_SIDE, Math.min(h, height)),
  }
}
