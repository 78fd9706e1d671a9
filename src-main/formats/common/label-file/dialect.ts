/** In what labelme's label files and X-AnyLabeling's differ, for those who write them. */
import type { DatasetFrame } from '#main/core/ports.ts'
import type { Original } from './stand-in.ts'

export type Points = readonly (readonly [number, number])[]

/** Where a shape is, as a tool draws it. */
export interface Drawing {
  /** The tool's word: `rectangle`, `linestrip` … */
  readonly type: string
  readonly points: Points
  /** Keys that only this type has, `direction` or `mask`. */
  readonly more?: Readonly<Record<string, unknown>>
  /** What it was before it was drawn as this type. */
  readonly original?: Original
}

/** What a file says of one shape, before it is put in the tool's own order of keys. */
export interface ShapeFacts {
  readonly label: string
  readonly drawing: Drawing
  readonly group: number | null
  readonly description: string
  readonly isDifficult: boolean
  readonly score: number | null
  /** Attributes that are on or off. */
  readonly flags: Readonly<Record<string, boolean>>
  readonly attributes: Readonly<Record<string, string>>
  /** Keys of ours, which both tools keep; only what differs from nothing. */
  readonly extras: Readonly<Record<string, unknown>>
}

export interface Form {
  readonly type: string
  readonly points: readonly number[]
  readonly rotation: number
}

export interface Dialect {
  /** What a shape becomes: nearly always one drawing; the parts of a mask may be several. */
  draw(form: Form, frame: DatasetFrame): Drawing[]
  record(facts: ShapeFacts): object
  /** The file around the shapes. */
  file(content: {
    readonly flags: Readonly<Record<string, boolean>>
    readonly shapes: readonly object[]
    readonly imagePath: string
    readonly width: number
    readonly height: number
    readonly extras: Readonly<Record<string, unknown>>
  }): object
  /** Whether checkboxes are told as flags, which the tool shows with a tick. */
  readonly hasTicks: boolean
}

export function pairs(flat: readonly number[]): Points {
  const points: [number, number][] = []
  for (let i = 0; i + 1 < flat.length; i += 2) points.push([flat[i] ?? 0, flat[i + 1] ?? 0])
  return points
}
