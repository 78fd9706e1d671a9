/** What is lost where several shapes become one object, and what a reader makes of its parts. */
import type { Loss } from '#shared/contract/datasets.ts'
import type { Tag } from '#shared/domain/annotation.ts'
import type { Label } from '#shared/domain/label.ts'
import { maskArea } from '#shared/geometry/mask.ts'
import { maskBox } from '#shared/geometry/mask-spans.ts'
import type { WovenShape } from '#shared/tracks/weave.ts'
import { canvasSize } from '../common/canvas-size.ts'
import { changed, dropped, onlyReal } from '../common/census.ts'
import { type Instance, type PictureSize, saidCrowd, unitedInstance } from './instances.ts'

/** Members of groups of which COCO has the largest alone, and masks that COCO has as outlines. */
export function cocoFrameLosses(
  annotations: readonly (Tag | WovenShape)[],
  labels: readonly Label[],
  size: PictureSize = { width: 0, height: 0 },
): Loss[] {
  const byId = new Map<number, Label>(labels.map((label) => [label.id, label]))
  const shapes = annotations.filter((one): one is WovenShape => one.kind === 'shape' && isHeld(one))
  const groups = Map.groupBy(shapes, ({ group }) => group)
  // Alone only what has pixels can become several.
  const alone = (groups.get(0) ?? []).filter(({ type }) => type === 'mask' || type === 'ellipse')
  groups.delete(0)
  const unclear = alone.filter((shape) => !staysMask(shape, byId.get(shape.labelId), size))
  return [...unclear.map((shape) => [shape]), ...groups.values()].flatMap((members) => {
    const object = unitedInstance(members, size, byId)
    if (object === null) return [dropped(members.length, OUTSIDE)]
    const read = Math.max(1, outlineCount(object))
    return unitedLosses(members, { read, labelId: object.leader.labelId })
  })
}

const OUTSIDE = 'shapes without a single pixel on the picture are left out'

/**
 * Whether a mask is sure to be written as one: nearly all are, and to see it by making COCO's runs of each took as long as
 * the whole export.
 */
function staysMask(shape: WovenShape, label: Label | undefined, picture: PictureSize): boolean {
  if (shape.type !== 'mask' || label === undefined || saidCrowd(shape, label) === false)
    return false
  const { left, top, right, bottom } = maskBox(shape.points)
  const [height, width] = canvasSize([shape], picture)
  const isOnPicture = left >= 0 && top >= 0 && right < width && bottom < height
  return isOnPicture && maskArea(shape.points) > 0
}

function isHeld({ type }: WovenShape): boolean {
  return type === 'rectangle' || type === 'polygon' || type === 'mask' || type === 'ellipse'
}

/**
 * @param members  shapes that are one object in the file
 * @param as  how many annotations a reader makes of it, and their label
 */
export function unitedLosses(
  members: readonly WovenShape[],
  { read, labelId }: { read: number; labelId: WovenShape['labelId'] },
): Loss[] {
  const kept = Math.min(read, members.filter((member) => member.labelId === labelId).length)
  const more = read - kept
  return onlyReal([
    dropped(members.length - kept, 'members of groups become part of the object they belong to'),
    { ...changed(more, 'parts of objects are read as outlines of their own'), extra: more },
  ])
}

/** How many outlines a reader makes of an object. */
export function outlineCount({ isCrowd, segmentation }: Instance): number {
  return isCrowd ? 1 : (segmentation as readonly unknown[]).length
}
