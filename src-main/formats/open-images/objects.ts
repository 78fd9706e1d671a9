/** What of a frame goes into which table. */
import type { DatasetFrame } from '#main/core/ports.ts'
import type { Tag } from '#shared/domain/annotation.ts'
import { isUpright } from '#shared/geometry/rectangle.ts'
import type { WovenShape } from '#shared/tracks/weave.ts'
import { type Painting, paintingOf } from '../common/paint/areas.ts'
import { arealShapes } from '../common/paint/class-mask-losses.ts'

export interface FrameObjects {
  readonly tags: readonly Tag[]
  /** Upright rectangles. */
  readonly boxes: readonly WovenShape[]
  /** Everything else that has an area. */
  readonly painted: readonly WovenShape[]
}

export function objectsOfFrame(annotations: readonly (Tag | WovenShape)[]): FrameObjects {
  const areal = arealShapes(annotations)
  return {
    tags: annotations.filter((one) => one.kind === 'tag'),
    boxes: areal.filter(isBox),
    painted: areal.filter((shape) => !isBox(shape)),
  }
}

function isBox({ type, rotation }: WovenShape): boolean {
  return type === 'rectangle' && isUpright(rotation)
}

/** Masks as they are written: those of a group as one. */
export function masksOf({ painted }: FrameObjects, frame: DatasetFrame): Painting {
  return paintingOf(painted, frame)
}

/** The box a mask belongs to: the first of its group. */
export function boxOf(
  { group }: Pick<WovenShape, 'group'>,
  { boxes }: FrameObjects,
): WovenShape | null {
  return group === 0 ? null : (boxes.find((box) => box.group === group) ?? null)
}
