/** What a record says of the objects of a picture: boxes, one for each object. */
import type { Tag } from '#shared/domain/annotation.ts'
import { type Box, boundingBox } from '#shared/geometry/box.ts'
import { shapeBounds } from '#shared/geometry/shape-bounds.ts'
import type { WovenShape } from '#shared/tracks/weave.ts'

export interface BoxObject {
  readonly labelId: WovenShape['labelId']
  readonly box: Box
}

/**
 * Rectangles (as they are before they are turned), ellipses and masks as the boxes around them. A group is one object: the
 * box around all of it, labelled as its largest member; groups come after what is in none.
 */
export function boxObjects(annotations: readonly (Tag | WovenShape)[]): BoxObject[] {
  const found = annotations.flatMap((one) => {
    const box = one.kind === 'shape' ? boxOf(one) : null
    return box === null ? [] : [{ labelId: one.labelId, group: one.group, box }]
  })
  const groups = Map.groupBy(found, ({ group }) => group)
  const alone = groups.get(0) ?? []
  groups.delete(0)
  const united = [...groups].sort(([a], [b]) => a - b).map(([, members]) => unite(members))
  return [...alone, ...united]
}

/** @returns how many shapes are part of an object that is called after another one */
export function membersUnited(annotations: readonly (Tag | WovenShape)[]): number {
  const shapes = annotations.filter((one) => one.kind === 'shape' && boxOf(one) !== null)
  return shapes.length - boxObjects(shapes).length
}

function boxOf(shape: WovenShape): Box | null {
  if (shape.type === 'rectangle') return boundingBox(shape.points)
  return shape.type === 'ellipse' || shape.type === 'mask' ? shapeBounds(shape) : null
}

function unite(members: readonly BoxObject[]): BoxObject {
  const corners = members.flatMap(({ box }) => [box.left, box.top, box.right, box.bottom])
  const largest = members.reduce((best, each) => (area(each) > area(best) ? each : best))
  return { labelId: largest.labelId, box: boundingBox(corners) ?? largest.box }
}

function area({ box }: BoxObject): number {
  return (box.right - box.left) * (box.bottom - box.top)
}

export function reachesBeyond(
  { left, top, right, bottom }: Box,
  { width, height }: { readonly width: number; readonly height: number },
): boolean {
  return left < 0 || top < 0 || right > width || bottom > height
}
