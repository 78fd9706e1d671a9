import type { AnnotationCensus } from '#main/core/ports.ts'
import type { Loss } from '#shared/contract/datasets.ts'
import { changed, dropped, droppedButBoxes, onlyReal } from '../common/census.ts'

/** MOT 1.1 keeps upright rectangles, whose they are on every frame, and how much of them is seen. */
export function motLosses(census: AnnotationCensus): Loss[] {
  const tracked = census.trackShapes.rectangle ?? 0
  return onlyReal([
    ...droppedButBoxes(census),
    dropped(census.tags, 'tags are left out'),
    changed(census.rotatedRectangles, 'rotated rectangles are written upright'),
    changed(
      tracked,
      'boxes of tracks are written on each frame, where every one becomes a keyframe',
    ),
    changed(census.attributed, 'annotations keep no attributes but "visibility" and "ignored"'),
    changed(census.grouped, 'annotations lose their group'),
    changed(census.layered, 'annotations lose their z-order'),
    changed(census.scored, 'annotations lose their score'),
    changed(census.sourced, 'annotations lose their source (manual, auto …)'),
    changed(
      census.turnedFrames,
      'pictures with an EXIF turn are written upright, if pictures are included',
    ),
  ])
}
