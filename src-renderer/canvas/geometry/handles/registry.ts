import type { ShapeType } from '#shared/domain/annotation.ts'
import { boxHandles } from './box.ts'
import { cuboidHandles } from './cuboid.ts'
import type { HandleMaker } from './handle.ts'
import { pointsHandles, polygonHandles, polylineHandles } from './path.ts'
import { skeletonHandles } from './skeleton.ts'

/** Which handles a type of shape has; one file per family beside this. Types that are not here have none. */
export const handleMakers: Partial<Record<ShapeType, HandleMaker>> = {
  rectangle: boxHandles,
  ellipse: boxHandles,
  polygon: polygonHandles,
  polyline: polylineHandles,
  points: pointsHandles,
  cuboid: cuboidHandles,
  skeleton: skeletonHandles,
}
