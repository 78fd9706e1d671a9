import type { AnnotationCensus } from '#main/core/ports.ts'
import type { Loss } from '#shared/contract/datasets.ts'
import type { Tag } from '#shared/domain/annotation.ts'
import type { Label } from '#shared/domain/label.ts'
import type { WovenShape } from '#shared/tracks/weave.ts'
import { type PictureSize, unitedInstance } from '../coco/instances.ts'
import { outlineCount, unitedLosses } from '../coco/united.ts'
import { changed, dropped, droppedShapes, onlyReal, plurals } from '../common/census.ts'

/** COCO Keypoints 1.0 keeps skeletons. Outlines, which it keeps where they belong to one, are told frame by frame. */
export function keypointsLosses(census: AnnotationCensus): Loss[] {
  return onlyReal([
    ...droppedShapes(census, ['rectangle', 'polyline', 'points', 'cuboid']),
    dropped(census.tags, 'tags are left out'),
    changed(
      census.tracks,
      'tracks are one object for each frame, joined again by "track_id" on import',
    ),
    changed(census.attributed, 'skeletons with attributes lose those of their joints'),
    changed(census.grouped, 'skeletons lose their group'),
    changed(census.layered, 'skeletons lose their z-order'),
    changed(census.sourced, 'skeletons lose their source (manual, auto …)'),
    changed(
      census.turnedFrames,
      'pictures with an EXIF turn are written upright, if pictures are included',
    ),
  ])
}

export function keypointsFrameLosses(
  annotations: readonly (Tag | WovenShape)[],
  labels: readonly Label[],
  size: PictureSize = { width: 0, height: 0 },
): Loss[] {
  const byId = new Map<number, Label>(labels.map((label) => [label.id, label]))
  const shapes = annotations.filter((one): one is WovenShape => one.kind === 'shape')
  const outlines = Map.groupBy(
    shapes.filter(({ type }) => OUTLINES.has(type)),
    ({ group }) => group,
  )
  return [...outlines].flatMap(([group, members]) => {
    const skeleton =
      group === 0 ? null : shapes.find((one) => one.type === 'skeleton' && one.group === group)
    const object = skeleton ? unitedInstance(members, size, byId) : null
    if (!skeleton || object === null) {
      return members.map(({ type }) => dropped(1, `${plurals[type]} are left out`))
    }
    return unitedLosses(members, { read: outlineCount(object), labelId: skeleton.labelId })
  })
}

const OUTLINES: ReadonlySet<string> = new Set(['polygon', 'ellipse', 'mask'])
