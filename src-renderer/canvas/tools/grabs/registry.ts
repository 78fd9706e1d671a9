import type { ShapeType } from '#shared/domain/annotation.ts'
import { boxGrab } from './box.ts'
import { cuboidGrab } from './cuboid.ts'
import type { Grab } from './grab.ts'
import { maskGrab } from './mask.ts'
import { pathGrab } from './path.ts'
import { skeletonGrab } from './skeleton.ts'

/** How the handles of a type of shape are taken hold of; one file per family beside this. */
export const grabs: Partial<Record<ShapeType, Grab>> = {
  rectangle: boxGrab,
  ellipse: boxGrab,
  polygon: pathGrab,
  polyline: pathGrab,
  points: pathGrab,
  cuboid: cuboidGrab,
  skeleton: skeletonGrab,
  mask: maskGrab,
}
