import type { Annotation } from '#shared/domain/annotation.ts'
import { type Cuboid, cuboidPoints, readCuboid } from '#shared/geometry/cuboid.ts'
import { resetPerspective as reset, switchOrientation } from '#shared/geometry/cuboid-edit.ts'
import { type Bench, editableTargets } from '../bench/bench.ts'
import { reshape } from '../bench/editing.ts'

/** The cuboids a verb would change. */
export function cuboidTargets(bench: Bench): Annotation[] {
  return editableTargets(bench).filter((one) => one.kind !== 'tag' && one.type === 'cuboid')
}

/** All edges that lead to the rear are parallel again; the seen side's rear edge keeps its middle. */
export function resetPerspective(bench: Bench): void {
  rebuild(bench, 'reset-perspective', reset)
}

/** The seen side becomes the front face and the other way round. */
export function switchPerspective(bench: Bench): void {
  rebuild(bench, 'switch-perspective', switchOrientation)
}

function rebuild(
  bench: Bench,
  verb: 'reset-perspective' | 'switch-perspective',
  how: (cuboid: Cuboid) => Cuboid,
): void {
  reshape(bench, verb, cuboidTargets(bench), (shape) => {
    const before = readCuboid(shape.points)
    const after = how(before)
    return after === before ? shape : { ...shape, points: cuboidPoints(after) }
  })
}
