import type { CanvasShape } from '../../canvas-api.ts'
import type { ImageBox, ImagePoint } from '../space.ts'

/** Something of the active shape to take hold of. Indices: `corner` into RECTANGLE_HANDLES, `vertex` and `edge` into the points. */
export type Handle =
  | { readonly kind: 'corner'; readonly index: number; readonly at: ImagePoint }
  | { readonly kind: 'rotate'; readonly at: ImagePoint; readonly from: ImagePoint }
  | {
      readonly kind: 'vertex'
      readonly index: number
      readonly at: ImagePoint
      /** Where the outline begins: shown larger, with an arrow the way it goes (image pixels, a unit vector). */
      readonly heading?: ImagePoint
    }
  /** The middle of the edge that starts at vertex `index`; dragging it adds a vertex. */
  | { readonly kind: 'edge'; readonly index: number; readonly at: ImagePoint }
  /** What only one type has; `part` and `index` mean something to its own grab alone. */
  | {
      readonly kind: 'own'
      readonly part: string
      readonly index: number
      readonly at: ImagePoint
      /** CSS cursor over it. */
      readonly cursor: string
      readonly look: 'square' | 'dot' | 'small-dot'
      /** Of its inside; left out: white. */
      readonly color?: string
    }

/**
 * The handles of one type of shape; never asked for locked or hidden ones.
 * @param pixel  image pixels per CSS pixel
 * @param within  only those in this box (image pixels) are wanted, or null for all; a shape of a million points is asked
 *   on every pointer move, so types with many handles look here before they make one. Others may ignore it.
 */
export type HandleMaker = (shape: CanvasShape, pixel: number, within: ImageBox | null) => Handle[]
