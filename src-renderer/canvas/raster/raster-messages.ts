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

/** The part of a view that one worker paints: full width, whole target pixels. */
export interface Strip {
  readonly y: number
  readonly height: number
}

export type SceneMessage =
  | { readonly kind: 'replace'; readonly shapes: PackedShapes }
  | { readonly kind: 'patch'; readonly shapes: PackedShapes; readonly removed: readonly number[] }
  /** Shapes in the hands of a gesture: something else paints them meanwhile. */
  | { readonly kind: 'except'; readonly ids: readonly number[] }
  /** A large selection: painted last and with the selected opacity. */
  | { readonly kind: 'emphasise'; readonly ids: readonly number[] }
  | { readonly kind: 'appearance'; readonly appearance: Appearance }

export interface PaintMessage {
  readonly kind: 'paint'
  readonly ticket: number
  readonly view: RasterView
  /** Strokes at their true width even where that takes a while; otherwise a crowded view may be a draft. */
  readonly fine: boolean
  /** The ticket of the picture on screen: what changed since may be painted into it. 0 = none. */
  readonly from: number
  /** The view is under way: a processor is left to whoever moves the picture there is. */
  readonly moving: boolean
}

export type RasterMessage = SceneMessage | PaintMessage

/** Which part of a view is a worker's own, and how many others have one. */
export type StripMessage = PaintMessage & { readonly strip: Strip; readonly others: number }

/** What a worker is told: the same, and its part of each view. */
export type WorkerMessage =
  | SceneMessage
  | StripMessage
  /** For the first worker: where the others' strips come from. */
  | { readonly kind: 'lead'; readonly helpers: readonly MessagePort[] }
  /** For the others: where their strips go. */
  | { readonly kind: 'help'; readonly leader: MessagePort }

/** A helper's answer to one `paint`; each gets exactly one. */
export type StripAnswer =
  | { readonly ticket: number; readonly kind: 'painted'; readonly picture: StripPicture }
  /** Nothing changed in this strip since its last picture. */
  | { readonly ticket: number; readonly kind: 'same' }
  /** Something newer was wanted first. */
  | { readonly ticket: number; readonly kind: 'given-up' }

export interface StripPicture {
  readonly strip: Strip
  readonly bitmap: ImageBitmap
}

export interface RasterPicture {
  readonly ticket: number
  /** null = there is nothing to show. */
  readonly bitmap: ImageBitmap | null
  readonly draft: boolean
}

/** Where shapes are rasterised: workers, or the page's own thread in slices. */
export interface Raster {
  post(message: RasterMessage): void
  onPicture: (picture: RasterPicture) => void
  destroy(): void
}

export const wholeView = ({ height }: RasterView): Strip => ({ y: 0, height })

/** A view cut into `count` strips, top to bottom, without gap or overlap. */
export function stripsOf({ height }: RasterView, count: number): Strip[] {
  const cut = (i: number) => Math.round((i * height) / count)
  return Array.from({ length: count }, (_, i) => ({ y: cut(i), height: cut(i + 1) - cut(i) }))
}
