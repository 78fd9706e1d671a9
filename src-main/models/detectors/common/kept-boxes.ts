import type { Detection } from '#shared/domain/detection.ts'
import type { Placement } from '../../tensors/placement.ts'
import { suppress } from '../../tensors/suppress.ts'
import { boxAt, imageBox, rectangle } from './boxes.ts'
import type { FoundCandidates } from './candidates.ts'
import type { Parameters } from './parameters.ts'

/** Which candidates stay, best first, by the parameters `iou`, `maxDetections` and `agnostic`. */
export function keptCandidates(found: FoundCandidates, values: Parameters): number[] {
  return suppress(found, {
    iou: values.number('iou'),
    most: values.number('maxDetections'),
    agnostic: values.boolean('agnostic'),
  })
}

/** What is left of candidates after suppression, as rectangles of the picture, best first. */
export function keptRectangles(
  found: FoundCandidates,
  values: Parameters,
  placement: Placement,
  name: (label: number) => string,
): Detection[] {
  return keptCandidates(found, values).flatMap((index) => {
    const box = imageBox(placement, boxAt(found.boxes, index))
    return box ? rectangle(name(found.classes[index] ?? 0), found.scores[index] ?? 0, box) : []
  })
}
