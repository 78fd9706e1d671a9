/** From what an item says to annotations of its frame. */
import type { DatasetFrame, NewAnnotation } from '#main/core/ports.ts'
import type { SkeletonElement } from '#shared/domain/annotation.ts'
import type { Label } from '#shared/domain/label.ts'
import { isOccludedByJoints } from '#shared/domain/skeleton.ts'
import { cocoToMask } from '#shared/geometry/coco-rle.ts'
import type { TrackMark } from '#shared/tracks/weave.ts'
import { renumberGroups } from '../common/frame-groups.ts'
import type { ImportTally } from '../common/import-tally.ts'
import { namedJoints } from '../common/joints.ts'
import { type NewShape, newShape } from '../common/new-shape.ts'
import { isTrue, readBuiltIns, readValues } from '../common/read-attributes.ts'
import type { FileAnnotation, FileGeometry, FileItem } from './parse.ts'

/** An annotation with what tells whether it is a track's. */
export interface ReadAnnotation {
  readonly annotation: NewAnnotation
  readonly label: Label
  readonly track: TrackMark | null
}

export function toAnnotations(
  { annotations }: FileItem,
  frame: DatasetFrame,
  tally: ImportTally,
): ReadAnnotation[] {
  const read = annotations.flatMap((one) => toAnnotation(one, frame, tally) ?? [])
  const renumbered = renumberGroups(read.map(({ annotation }) => annotation))
  return read.map((one, i) => ({ ...one, annotation: renumbered[i] ?? one.annotation }))
}

function toAnnotation(
  { label: said, geometry, attributes, group, zOrder }: FileAnnotation,
  frame: DatasetFrame,
  tally: ImportTally,
): ReadAnnotation | null {
  if (geometry.kind === 'other') {
    tally.note(`annotations of the type "${geometry.type}" were left out`)
    return null
  }
  if (said === null) tally.nameless('annotations without a label were left out')
  const label = said === null ? null : tally.label(said.name)
  if (label === null) return null
  const { track, outside, source, ...told } = readBuiltIns(attributes)
  // On this frame the track is hidden, which is told by frames that have no shape of it.
  if (track !== null && outside) return null
  const values = readValues(attributes, label, tally)
  const common = { frame: frame.index, labelId: label.id, group, source, attributes: values }
  if (geometry.kind === 'tag') return { annotation: { kind: 'tag', ...common }, label, track: null }
  const form = toForm(geometry, label, tally)
  return form && { annotation: newShape({ ...common, ...told, zOrder, ...form }), label, track }
}

type Form = Pick<NewShape, 'type' | 'points'> & Partial<Pick<NewShape, 'elements' | 'occluded'>>

function toForm(
  geometry: Exclude<FileGeometry, { kind: 'tag' | 'other' }>,
  label: Label,
  tally: ImportTally,
): Form | null {
  switch (geometry.kind) {
    case 'mask': {
      const points = cocoToMask(geometry.rle)
      if (points === null) tally.note('masks without a single pixel were left out')
      return points && { type: 'mask', points }
    }
    case 'skeleton': {
      const elements = toElements(geometry, label, tally)
      if (elements === null) return null
      return { type: 'skeleton', points: [], elements, occluded: isOccludedByJoints(elements) }
    }
    default:
      return { type: geometry.kind, points: geometry.points }
  }
}

function toElements(
  { joints, names, attributes }: Extract<FileGeometry, { kind: 'skeleton' }>,
  label: Label,
  tally: ImportTally,
): SkeletonElement[] | null {
  const elements = namedJoints(joints, names, label, tally)
  return (
    elements?.map(({ at, ...joint }) => {
      const sublabel = label.sublabels.find(({ id }) => id === joint.labelId)
      const said = attributes[at] ?? {}
      const values = sublabel === undefined ? [] : readValues(said, sublabel, tally)
      return { ...joint, occluded: joint.occluded || isTrue(said.occluded), attributes: values }
    }) ?? null
  )
}
