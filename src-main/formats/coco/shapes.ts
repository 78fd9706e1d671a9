/** From a COCO annotation to shapes of its frame. */
import type { DatasetFrame } from '#main/core/ports.ts'
import type { AttributeValue } from '#shared/domain/annotation.ts'
import type { Label } from '#shared/domain/label.ts'
import { isOccludedByJoints } from '#shared/domain/skeleton.ts'
import { cocoToMask } from '#shared/geometry/coco-rle.ts'
import type { ImportTally } from '../common/import-tally.ts'
import { namedJoints, type ReadJoint } from '../common/joints.ts'
import { type NewShape, newShape } from '../common/new-shape.ts'
import { type BuiltIns, readBuiltIns, readValues, toScore } from '../common/read-attributes.ts'
import type { CocoAnnotation } from './parse.ts'

type Common = Pick<NewShape, 'frame' | 'labelId' | 'occluded' | 'rotation' | 'source' | 'score'> & {
  readonly attributes: AttributeValue[]
}

/** What all shapes of an annotation have in common, and what its built-in attributes say. */
export function commonOf(
  annotation: CocoAnnotation,
  { frame, label, tally }: { frame: DatasetFrame; label: Label; tally: ImportTally },
): { common: Common; told: BuiltIns } {
  const told = readBuiltIns(annotation.attributes)
  const { occluded, rotation, source } = told
  const common = {
    ...{ frame: frame.index, labelId: label.id, occluded, rotation, source },
    score: toScore(annotation.score) ?? told.score,
    attributes: readValues(withOwnKeys(annotation), label, tally),
  }
  return { common, told }
}

/** `is_crowd` and `score` have keys of their own in COCO, which say more than an attribute of the same name. */
function withOwnKeys({ attributes, isCrowd, score }: CocoAnnotation) {
  return { ...attributes, is_crowd: isCrowd, ...(score === null ? {} : { score }) }
}

/** Boxes, polygons and masks. Several polygons are several shapes; whoever calls puts them in a group. */
export function outlinesOf(
  { geometry, shortParts }: CocoAnnotation,
  common: Common,
  tally: ImportTally,
): NewShape[] {
  if (shortParts > 0) tally.note('outlines of fewer than three points were left out')
  const upright = { ...common, rotation: 0 }
  switch (geometry.kind) {
    case 'box':
      return [newShape({ ...common, type: 'rectangle', points: [...geometry.points] })]
    case 'polygons':
      return geometry.parts.map((part) =>
        newShape({ ...upright, type: 'polygon', points: [...part] }),
      )
    case 'rle': {
      const points = cocoToMask(geometry.rle)
      if (points === null) tally.note('masks without a single pixel were left out')
      return points === null ? [] : [newShape({ ...upright, type: 'mask', points })]
    }
    case 'none':
      return []
  }
}

/** The skeleton of an annotation's joints; null (and counted) when the label has none of them. */
export function skeletonOf(
  { joints, names }: { joints: readonly ReadJoint[]; names: readonly string[] },
  { common, label, tally }: { common: Common; label: Label; tally: ImportTally },
): NewShape | null {
  const found = namedJoints(joints, names, label, tally)
  if (found === null) return null
  const elements = found.map(({ at: _, ...joint }) => joint)
  const occluded = isOccludedByJoints(elements)
  const facts = { ...common, rotation: 0, occluded, elements }
  return newShape({ ...facts, type: 'skeleton', points: [] })
}
