import type { AnnotationId } from '#shared/domain/ids.ts'
import type {
  CanvasEventName,
  CanvasEvents,
  CanvasShape,
  EditOptions,
  ShapeChange,
} from '../canvas-api.ts'
import type { ImageBox, ImagePoint, ImageSize, ScreenPoint } from '../geometry/space.ts'
import type { MaskGrid } from './mask-grid.ts'

/** One pointer event, in both spaces. */
export interface PointerInput {
  readonly screen: ScreenPoint
  readonly image: ImagePoint
  /** Where the pointer was between the move before and this one, where the device tells more than one place a frame. */
  readonly trail?: readonly ImagePoint[]
  /** 0 left, 1 middle, 2 right. */
  readonly button: number
  /** 2 for the second press of a double click. */
  readonly clicks: number
  readonly shift: boolean
  /** Ctrl, or Cmd on macOS. */
  readonly ctrl: boolean
  readonly alt: boolean
}

/** A key went down or up while the canvas has the hand: only what a state wants to know about held keys. */
export interface KeyInput {
  /** As KeyboardEvent.key. */
  readonly key: string
  readonly down: boolean
  readonly timeMs: number
}

/** A piece of a sketch. Points are flat image pixels; lengths are CSS pixels unless they say otherwise. */
export type Mark =
  | {
      readonly kind: 'path'
      readonly points: readonly number[]
      readonly closed: boolean
      readonly color: string
      /** Opacity of the fill; left out: none. */
      readonly fill?: number
      readonly dashed?: boolean
      readonly width?: number
    }
  | {
      readonly kind: 'dots'
      readonly points: readonly number[]
      /** Of the ring; the inside is white unless `solid`. */
      readonly color: string
      readonly radius?: number
      readonly solid?: boolean
    }
  /** A round brush, a reach: radius in image pixels. */
  | {
      readonly kind: 'circle'
      readonly at: ImagePoint
      readonly radius: number
      readonly color: string
    }
  /** A line of text on a dark chip, centred below the point. */
  | { readonly kind: 'text'; readonly at: ImagePoint; readonly text: string }
  /** A shape as it would become. */
  | { readonly kind: 'shape'; readonly shape: CanvasShape; readonly dashed?: boolean }
  /** What a function found, with the opacity of what is selected; `faint` while it is only a guess. */
  | {
      readonly kind: 'found'
      readonly type: 'mask' | 'polygon' | 'rectangle'
      readonly points: readonly number[]
      readonly color: string
      readonly faint: boolean
    }
  /** Pixels over the picture: `image` fills `box` (image pixels, x2 and y2 exclusive). */
  | {
      readonly kind: 'pixels'
      readonly image: CanvasImageSource
      readonly box: ImageBox
      readonly opacity: number
    }
  /** A mask while it is painted, with the opacity of what is selected. */
  | { readonly kind: 'mask-grid'; readonly grid: MaskGrid; readonly color: string }

/** What is being drawn or spanned, as a value: states set it, the overlay paints it. */
export type Draft =
  | { readonly kind: 'sketch'; readonly marks: readonly Mark[] }
  | { readonly kind: 'rectangle'; readonly box: ImageBox; readonly color: string }
  | {
      readonly kind: 'polygon'
      readonly points: readonly number[]
      readonly pointer: ImagePoint
      readonly color: string
      /** The next click closes it. */
      readonly closing: boolean
    }
  | { readonly kind: 'area'; readonly box: ImageBox }
  | { readonly kind: 'ghosts'; readonly shapes: readonly CanvasShape[] }

/** Everything a tool may see and do. The canvas implements it; tests use a small fake. */
export interface Stage {
  readonly imageSize: ImageSize
  /** Image pixels per CSS pixel. */
  readonly pixel: number
  /** Degrees clockwise that the picture is turned on screen. */
  readonly viewAngle: number
  readonly active: readonly AnnotationId[]
  readonly options: EditOptions
  shape(id: AnnotationId): CanvasShape | undefined
  /** Under a point, the one to take first. */
  hits(point: ImagePoint): readonly CanvasShape[]
  within(box: ImageBox): readonly CanvasShape[]
  panBy(dx: number, dy: number): void
  fit(): void
  focus(box: ImageBox): void
  /** @param joint  of a skeleton, where the pointer is on one */
  setHovered(id: AnnotationId | null, joint?: number | null): void
  setCursor(cursor: string): void
  setDraft(draft: Draft | null): void
  /** Shows shapes as they would become; empty = as they are. Nothing is changed by it. */
  preview(changes: readonly ShapeChange[]): void
  /** Ends a gesture: the one `edit` event. */
  commit(changes: readonly ShapeChange[], verb: CanvasEvents['edit']['verb']): void
  emit<E extends CanvasEventName>(event: E, payload: CanvasEvents[E]): void
}

/** Where a state leads: itself (undefined), another state, the tool's resting state, or out of the tool. */
export type Next = ToolState | 'rest' | 'end' | undefined

/** One state of a tool. `leave` takes away whatever it showed; after it the document is as it was before `enter`. */
export interface ToolState {
  readonly name: string
  readonly cursor: string
  /** Guides over the whole canvas at the pointer. */
  readonly crosshair?: boolean
  press?(input: PointerInput): Next
  move?(input: PointerInput): Next
  release?(input: PointerInput): Next
  /** The wheel with Shift held, +1 up, -1 down. @returns false where it means nothing */
  turn?(notches: number): boolean
  /** The same with Ctrl held. */
  turnWithCtrl?(notches: number): boolean
  /** N or Enter: finish what is there, if it is enough. */
  finish?(): Next
  /** Takes the last point back. @returns false when there was none. States that have it are sketching: `finish` means them. */
  takeBack?(): boolean
  key?(input: KeyInput): Next
  /** What the state before showed is gone: the moment to show something at once. */
  enter?(): void
  leave?(): void
  /** The points put down so far, where there are any: what would be lost by leaving. */
  begun?(): readonly ImagePoint[]
}
