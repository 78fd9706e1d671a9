import type { ShapeType, SkeletonElement } from '#shared/domain/annotation.ts'
import type { AnnotationId } from '#shared/domain/ids.ts'
import type { ImageBox } from './geometry/space.ts'
import type { InteractSession } from './tools/interact-session.ts'
import type { MaskSession } from './tools/mask-session.ts'
import type { Picks } from './tools/picks.ts'
import type { ScissorsSession } from './tools/scissors-session.ts'
import type { Mark } from './tools/tool-state.ts'

/** What the canvas needs to draw one shape. The document is the truth; the canvas is a projection of these. */
export interface CanvasShape {
  readonly id: AnnotationId
  readonly type: ShapeType
  /** Flat image pixels, see src-shared/domain/annotation.ts. */
  readonly points: readonly number[]
  /** Degrees, clockwise. */
  readonly rotation: number
  readonly zOrder: number
  readonly occluded: boolean
  readonly elements: readonly SkeletonElement[]
  /** Skeletons only: how its joints hang together and look; null for every other type. */
  readonly skeleton: SkeletonLook | null
  /** `#rrggbb` as the appearance settings chose it (by label, instance or group). */
  readonly color: string
  readonly locked: boolean
  readonly hidden: boolean
  readonly pinned: boolean
  /** Drawn beside the shape when labels are shown, e.g. `car 12`; '' for none. */
  readonly text: string
}

/** Something proposed, that is not there yet: drawn dashed over the shapes, and no tool takes hold of it. */
export interface Ghost {
  /** The host's own number. */
  readonly id: number
  /** How it looks; its id means nothing. */
  readonly shape: CanvasShape
  /** Steps back behind the others. */
  readonly faint: boolean
}

/** By index into `elements`. */
export interface SkeletonLook {
  readonly edges: readonly (readonly [number, number])[]
  readonly joints: readonly { readonly name: string; readonly color: string }[]
}

export interface Appearance {
  /** Fill opacity 0 … 1. */
  readonly opacity: number
  readonly selectedOpacity: number
  readonly outlined: boolean
  readonly outlineColor: string
  readonly showText: 'always' | 'selected' | 'never'
  readonly smoothImage: boolean
  /** Lines through the edges of the active shape, over the whole picture; a cuboid's meet in its vanishing point. */
  readonly projections: boolean
  /** CSS pixels. */
  readonly textSize: number
  /** Beside the box, or in its middle. */
  readonly textPosition: 'auto' | 'center'
  /** CSS pixels across. */
  readonly controlPointsSize: number
  /** A second line under each outline, dark under light colours and light under dark ones. */
  readonly highContrast: boolean
}

/** 1 = as it is; each 0 … 3. */
export interface ImageFilter {
  /** 0.1 … 5; above 1 brightens the dark parts. */
  readonly gamma: number
  readonly brightness: number
  readonly contrast: number
  readonly saturation: number
}

export interface Grid {
  readonly visible: boolean
  /** Image pixels between lines. */
  readonly size: number
  readonly color: string
  readonly opacity: number
}

/** Two opposite corners; the four extreme points of the object; or one side and then the depth, drawn as it is turned. */
export type RectangleMethod = 'corners' | 'extreme-points' | 'rotated'

/** What a press on the canvas means. `select` is the resting state. */
export type Tool =
  | { readonly kind: 'select' }
  | { readonly kind: 'pan' }
  | { readonly kind: 'zoom-area' }
  | {
      readonly kind: 'draw'
      readonly shape: 'rectangle'
      readonly color: string
      readonly method: RectangleMethod
    }
  | {
      readonly kind: 'draw'
      readonly shape: 'polygon' | 'polyline' | 'points'
      readonly color: string
      /** Stop by itself after so many points; null = until N, double click or Enter. */
      readonly pointCount: number | null
      /** An outline that was left and is taken up again: its points so far, flat. */
      readonly begun?: readonly number[]
    }
  | { readonly kind: 'draw'; readonly shape: 'ellipse'; readonly color: string }
  | {
      readonly kind: 'draw'
      readonly shape: 'cuboid'
      readonly color: string
      /** The front face as a rectangle; or three corners of a face and then the depth. */
      readonly method: 'rectangle' | 'points'
    }
  | {
      readonly kind: 'draw'
      readonly shape: 'skeleton'
      readonly color: string
      readonly look: SkeletonLook
      /** A joint of every sublabel, laid out in a box from 0, 0 to 1, 1. */
      readonly template: readonly SkeletonElement[]
    }
  /** Paints a mask. `edited` is the one painted on, hidden meanwhile; null for a new one. */
  | {
      readonly kind: 'draw'
      readonly shape: 'mask'
      readonly color: string
      readonly session: MaskSession
      readonly edited: AnnotationId | null
    }
  /** Ghosts of copied shapes follow the pointer until a click drops them; Ctrl held keeps the tool for more. */
  | { readonly kind: 'paste'; readonly shapes: readonly CanvasShape[] }
  | PickTool
  /** Shows what a verb would make of shapes while a person makes up their mind. The pointer does nothing. */
  | { readonly kind: 'show'; readonly marks: readonly Mark[] }
  /** An object is pointed out to a function. `finish` is asked by N; false: there is nothing to finish yet. */
  | {
      readonly kind: 'interact'
      readonly session: InteractSession
      readonly finish: () => boolean
    }
  /** An outline is drawn along the edges of the picture. */
  | {
      readonly kind: 'scissors'
      readonly session: ScissorsSession
      readonly color: string
      readonly finish: () => boolean
    }
  /** A polygon or mask is cut along a line; `shape` is the one to cut where it is known already. */
  | { readonly kind: 'slice'; readonly shape: AnnotationId | null; readonly color: string }

/** Shapes are picked for a verb (group, join, merge …), outlined in its colour. */
export interface PickTool {
  readonly kind: 'pick'
  readonly picks: Picks
  readonly color: string
  /** Types the verb can do something with; null = all. */
  readonly accepts: readonly ShapeType[] | null
  /** What is told of the others: a key of the locale file `canvas`. */
  readonly otherwise: string
}

/** How the tools for outlines go about it; each is a setting of the person's. */
export interface EditOptions {
  /** Outlines are attached to neighbours' vertices and follow them; Ctrl turns it round for a while. */
  readonly automaticBordering: boolean
  /** The contour editor decides by itself which part to cut off, where both its criteria agree. */
  readonly intelligentCropping: boolean
  /** What happens to a vertex happens to the neighbours' vertices in the same place. */
  readonly sharedBorders: boolean
}

export interface DrawnShape {
  readonly type: ShapeType
  readonly points: readonly number[]
  readonly rotation: number
  /** Skeletons only. */
  readonly elements?: readonly SkeletonElement[]
}

export interface ShapeChange {
  readonly id: AnnotationId
  readonly points: readonly number[]
  readonly rotation: number
  /** Skeletons only: their joints, all of them. */
  readonly elements?: readonly SkeletonElement[]
}

export interface Viewport {
  /** Screen pixels per image pixel. */
  readonly scale: number
  /** Screen position of the image's top-left corner, before rotation. */
  readonly x: number
  readonly y: number
  /** 0, 90, 180 or 270 degrees clockwise. */
  readonly angle: number
}

export interface CanvasEvents {
  /** The shape under the pointer (CVAT activates on hover), null when none; and of a skeleton the joint. */
  hover: { id: AnnotationId | null; joint: number | null }
  /** A click or area selection; `additive` when Shift or Ctrl was held. Empty ids = clicked on nothing. */
  select: { ids: readonly AnnotationId[]; additive: boolean }
  /** A finished drawing; the tool stays active when `again` (Ctrl held at the last click). */
  draw: { shape: DrawnShape; again: boolean }
  /** A finished gesture on existing shapes: exactly one event per gesture, `verb` names it for history. */
  edit: {
    changes: readonly ShapeChange[]
    verb:
      | 'move'
      | 'resize'
      | 'rotate'
      | 'move-point'
      | 'add-point'
      | 'delete-point'
      | 'edit-contour'
      | 'redraw'
  }
  /** Shift+click on a mask: it is to be painted on. */
  paintOn: { id: AnnotationId }
  paste: { shapes: readonly DrawnShape[]; keep: boolean }
  /** Something was picked or let go; `done`: that is all of them, do it. */
  pick: { ids: readonly AnnotationId[]; done: boolean }
  /** A shape was cut: points of its pieces, largest first. */
  slice: { id: AnnotationId; pieces: readonly (readonly number[])[] }
  /** An outline of some length was left without being finished; setting this tool takes it up again. */
  left: { tool: Tool }
  /** The tool ended by itself or by Escape; the canvas is back to `select`. */
  toolEnd: { cancelled: boolean }
  viewport: Viewport
  /** Pointer position in image pixels, told when the view moves under it, too; null outside the canvas. */
  cursor: { x: number; y: number } | null
  contextMenu: { id: AnnotationId | null; vertex: number | null; clientX: number; clientY: number }
  /** The proposal under the resting hand; null when none is. */
  ghost: { id: number | null }
  /** A plain click on a proposal, whatever else lies there. */
  pickGhost: { id: number }
  /** Something worth telling: e.g. "A polygon needs at least 3 points". A key of the locale file `canvas`. */
  hint: { key: string }
}

export type CanvasEventName = keyof CanvasEvents

/**
 * The 2D canvas: image, one batched layer with a spatial index for every shape, a layer of its own for what is being edited.
 * Knows nothing of React, HTTP or the document.
 */
export interface Canvas2d {
  /** Show a picture; shapes of the old one are dropped. `keepViewport` keeps zoom and position when the size is the same. */
  setImage(
    image: ImageBitmap | null,
    size: { width: number; height: number },
    keepViewport: boolean,
  ): void
  /** The same picture with other pixels (a sharper one, another tone): shapes, view and gesture stay as they are. */
  replaceImage(image: ImageBitmap): void
  setShapes(shapes: readonly CanvasShape[]): void
  patchShapes(changed: readonly CanvasShape[], removed: readonly AnnotationId[]): void
  /** The activated shapes get handles (one) or a highlight (many). */
  setActive(ids: readonly AnnotationId[]): void
  /** What is proposed on this image, over its shapes; [] for nothing. They stay until the host says otherwise. */
  setGhosts(ghosts: readonly Ghost[]): void
  /** The one that is shown plainly: pointed at, or chosen. */
  setActiveGhost(id: number | null): void
  setTool(tool: Tool): void
  readonly tool: Tool
  /** N pressed while drawing: finish what is being drawn, if it is enough. */
  finishDrawing(): void
  /** Takes the last point of what is being drawn back. False when there is none. */
  takeBack(): boolean
  /** A contour or a drawing is under way that `finishDrawing` would finish. */
  readonly isSketching: boolean
  /** The vertex of the active shape under the pointer, by index; null when there is none. */
  readonly vertex: number | null
  /** Takes a vertex away as Alt+click does: with its neighbours' where borders are shared, never the last ones. */
  deleteVertex(id: AnnotationId, vertex: number): void
  /** Leaves these out of the picture while they are drawn anew; [] shows everything again. */
  conceal(ids: readonly AnnotationId[]): void
  setEditOptions(options: EditOptions): void
  /** Escape: leave whatever gesture or tool is going on, changing nothing. True when there was something to leave. */
  cancel(): boolean
  setAppearance(appearance: Appearance): void
  setImageFilter(filter: ImageFilter): void
  setGrid(grid: Grid): void
  fit(): void
  /** Zoom by a factor about a screen point (default: the middle). */
  zoomBy(factor: number, about?: { x: number; y: number }): void
  /** Show this image box with a margin. */
  focus(box: { x1: number; y1: number; x2: number; y2: number }): void
  rotate(degrees: 90 | -90): void
  readonly viewport: Viewport
  /** What of the picture is on screen, image pixels. */
  readonly visible: ImageBox
  on<E extends CanvasEventName>(event: E, listener: (payload: CanvasEvents[E]) => void): () => void
  destroy(): void
}
