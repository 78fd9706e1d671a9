import type { AnnotationId, FrameIndex } from '#shared/domain/ids.ts'
import type { Span } from '#shared/tracks/retime.ts'
import type { Lane } from './lane.ts'
import type { LaneSort } from './rows.ts'
import type { TimeView } from './time-view.ts'

/** Keyframes that a verb of the timeline is for: of these tracks, within these frames. */
export interface Chosen extends Span {
  readonly ids: ReadonlySet<AnnotationId>
}

/** Where a menu was asked for: on a lane, or (null) beside them all. CSS pixels of the window. */
export interface LaneMenu {
  readonly id: AnnotationId | null
  readonly frame: FrameIndex
  readonly x: number
  readonly y: number
}

export interface TimelineState {
  /** `loading` until the tracks are read; `failed`: they could not be. */
  readonly status: 'loading' | 'failed' | 'ready'
  /** How many tracks the task has. */
  readonly total: number
  /** Those shown, in order. */
  readonly rows: readonly Lane[]
  readonly search: string
  readonly isSearching: boolean
  readonly sort: LaneSort
  /** Only tracks seen on the frame on screen. */
  readonly onFrameOnly: boolean
  /** The lane the keys are for. */
  readonly focused: AnnotationId | null
  readonly chosen: Chosen | null
  readonly menu: LaneMenu | null
  readonly view: TimeView
  /** Of the lanes, CSS pixels. */
  readonly scroll: number
  /** Lanes as a gesture under way would leave them. */
  readonly preview: ReadonlyMap<AnnotationId, Lane>
  /** Grows with every change of what is drawn but is not in here. */
  readonly version: number
}
