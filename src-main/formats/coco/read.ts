import type { DatasetInput, NewAnnotation, ReadTarget } from '#main/core/ports.ts'
import { checkRleSize } from '../common/json-rle.ts'
import type { CocoAnnotation } from './parse.ts'
import { type AnnotationPlace, readCocoFiles } from './read-files.ts'
import { commonOf, outlinesOf } from './shapes.ts'

/**
 * Import COCO 1.0: boxes, polygons and masks.
 * @throws DATASET_INVALID, DATASET_NOT_THIS_FORMAT, DATASET_MATCHES_NOTHING, CANCELLED
 */
export function readCoco(input: DatasetInput, target: ReadTarget): AsyncGenerator<NewAnnotation[]> {
  return readCocoFiles(input, target, { format: 'COCO 1.0', name: 'instances', add: addInstance })
}

function addInstance(annotation: CocoAnnotation, place: AnnotationPlace): void {
  const { where, refuse, image, category, tally, batch, tracks } = place
  const { geometry } = annotation
  if (geometry.kind === 'rle') checkRleSize(geometry.rle, image, `${where}.segmentation`, refuse)
  const { frame } = image
  const label = frame === null ? null : tally.label(category.name)
  if (frame === null || label === null) return
  const { common, told } = commonOf(annotation, { frame, label, tally })
  // On this frame the track is hidden, which is told by frames that have no shape of it.
  if (told.track !== null && told.outside) return
  if (geometry.kind === 'none') tally.note('objects without box and outline were left out')
  const shapes = outlinesOf(annotation, common, tally)
  // The parts of one object stay together as a group, numbered anew on each frame.
  const group = shapes.length > 1 ? place.nextGroup(frame.index) : 0
  for (const shape of shapes) {
    const member = group === 0 ? shape : { ...shape, group }
    if (told.track === null || !tracks.add(told.track, member, label)) batch.add(member)
  }
}
