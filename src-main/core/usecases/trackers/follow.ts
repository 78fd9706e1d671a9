import { functionIdSchema } from '#shared/domain/function.ts'
import type { FrameIndex } from '#shared/domain/ids.ts'
import { leadTo } from '../../functions/lead.ts'
import type { FoundShape, TrackedShape } from '../../ports.ts'
import type { Deps, Usecases } from '../../usecase.ts'

type Verb = Usecases['trackers']['follow']
type Asked = Parameters<Verb>[0]['objects'][number]
/** States told to clients; what a tracker itself remembers is bounded on its own. */
const MOST_TOLD = 1000
/** A person who moved the shape by less did not mean to. */
const SAME_SHAPE_PIXELS = 0.01

/** An object as its tracker last saw it. */
interface Told {
  readonly tracker: string
  readonly token: string
  readonly frame: FrameIndex
  readonly shape: FoundShape
}

/**
 * Where objects of one frame are on another. The tracker goes on from what it has learnt where it left the object exactly
 * here; an object that was moved, or of another frame, is learnt anew.
 */
export function createFollow(deps: Deps): Verb {
  const told = new Map<string, Told>()
  const stateOf = (tracker: string, token: string) => `${tracker} ${token}`

  function known(tracker: string, frame: FrameIndex, { state, shape }: Asked): string | null {
    const there = state === null ? undefined : told.get(state)
    const isHere = there?.tracker === tracker && there.frame === frame
    return there && isHere && isSame(there.shape, shape) ? there.token : null
  }

  function remember(one: Told): string {
    const state = stateOf(one.tracker, one.token)
    told.delete(state)
    told.set(state, one)
    const [oldest] = told.keys()
    if (told.size > MOST_TOLD && oldest !== undefined) told.delete(oldest)
    return state
  }

  return async ({ taskId, tracker, from, to, objects, minScore }, caller) => {
    const { id } = await deps.functions.get(functionIdSchema.parse(tracker), 'tracker')
    const { width, height } = deps.store.frames.record(taskId, to)
    const size = width !== null && height !== null ? { width, height } : null
    const asked = objects.map((object) => ({
      shape: object.shape,
      token: known(tracker, from, object),
    }))
    const lead = { taskId, functionId: id, from, to, objects: asked, minScore, size }
    const led = await leadTo(deps.functions, lead, { ...caller, lane: 'now' })
    return {
      initialized: led.initialized,
      objects: led.objects.map(({ shape, token }) => {
        if (shape && token !== null)
          return { shape: plain(shape), state: remember({ tracker, token, frame: to, shape }) }
        return { shape: null, state: token === null ? '' : stateOf(tracker, token) }
      }),
    }
  }
}

const plain = (shape: FoundShape) => ({ ...shape, points: [...shape.points] })

function isSame(a: TrackedShape, b: TrackedShape): boolean {
  return (
    a.type === b.type &&
    a.points.length === b.points.length &&
    Math.abs(a.rotation - b.rotation) < SAME_SHAPE_PIXELS &&
    a.points.every((value, at) => Math.abs(value - (b.points[at] ?? 0)) < SAME_SHAPE_PIXELS)
  )
}
