import type { Appearance } from '../canvas-api.ts'
import type { Matrix } from '../geometry/viewport.ts'
import type { PackedShapes } from '../paint/paint-shape.ts'

/** What the shapes layer is asked to show. Sizes in target (device) pixels. */
export interface RasterView {
  /** Image pixels to target pixels. */
  readonly matrix: Matrix
  readonly width: number
  readonly height: number
  /** Target pixels per CSS pixel. */
  readonly ratio: number
}

export type RasterMessage =
  | { readonly kind: 'replace'; readonly shapes: PackedShapes }
  | { readonly kind: 'patch'; readonly shapes: PackedShapes; readonly removed: readonly number[] }
  /** Shapes in the hands of a gesture: something else paints them meanwhile. */
  | { readonly kind: 'except'; readonly ids: readonly number[] }
  /** A large selection: painted last and with the selected opacity. */
  | { readonly kind: 'emphasise'; readonly ids: readonly number[] }
  | { readonly kind: 'appearance'; readonly appearance: Appearance }
  /** `fine` = strokes at their true width even where that takes a while; otherwise a crowded view may be a draft. */
  | {
      readonly kind: 'paint'
      readonly ticket: number
      readonly view: RasterView
      readonly fine: boolean
    }

export interface RasterPicture {
  readonly ticket: number
  /** null = there is nothing to show. */
  readonly bitmap: ImageBitmap | null
  readonly draft: boolean
}

/** Where shapes are rasterised: a worker, or the page's own thread in slices. */
export interface Raster {
  post(message: RasterMessage): void
  onPicture: (picture: RasterPicture) => void
  destroy(): void
}
