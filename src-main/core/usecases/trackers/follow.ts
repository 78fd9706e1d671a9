import { AppError } from '#shared/errors/app-error.ts'
import type { RgbPicture, TrackedBox, TrackerState } from '../../ports.ts'
import type { Deps, Usecases } from '../../usecase.ts'

type Verb = Usecases['trackers']['follow']
type Asked = Parameters<Verb>[0]['objects'][number]
/** States told to clients; what a tracker itself remembers is bounded on its own. */
const MOST_TOLD = 1000
/** A person who moved the box by less did not mean to. */
const SAME_BOX_PIXELS = 0.01

interface Followed {
  readonly object: Asked
  token: string | null
  /** Undefined until it was looked for. */
  box: TrackedBox | null | undefined
}

/**
 * Where objects of one frame are on another. The tracker goes on from what it has learnt where it left the object exactly
 * here; an object that was moved, or of another frame, is learnt anew.
 */
export function createFollow(deps: Deps): Verb {
  const told = new Map<string, TrackerState>()

  function known(frame: number, { state, box }: Asked): string | null {
    const there = state === null ? undefined : told.get(state)
    return there && there.frame === frame && sameBox(there.box, box) ? there.token : null
  }

  function remember(state: TrackerState): void {
    told.delete(state.token)
    told.set(state.token, state)
    const [oldest] = told.keys()
    if (told.size > MOST_TOLD && oldest !== undefined) told.delete(oldest)
  }

  return async ({ taskId, tracker, from, to, objects }) => {
    if (!deps.trackers.list().some(({ id }) => id === tracker))
      throw new AppError('NOT_FOUND', { what: 'tracker', id: tracker })
    const pixels = (frame: number) => deps.reader.pixels(deps.store.frames.record(taskId, frame))
    const followed = objects.map(
      (object): Followed => ({ object, token: known(from, object), box: undefined }),
    )
    const target = await pixels(to)
    let initialized = 0
    // Once more for what the tracker has forgotten meanwhile: its memory is bounded.
    for (let round = 0; round < 2 && followed.some(({ box }) => box === undefined); round += 1) {
      const strangers = followed.filter(({ token, box }) => token === null && box === undefined)
      initialized += strangers.length
      if (strangers.length > 0) await begin(deps, tracker, await pixels(from), strangers)
      await find(deps, target, followed)
    }
    return {
      initialized,
      objects: followed.map(({ token, box }) => {
        if (box && token) remember({ token, frame: to, box })
        return { box: box ?? null, state: token ?? '' }
      }),
    }
  }
}

async function begin(
  deps: Deps,
  tracker: string,
  picture: RgbPicture,
  strangers: readonly Followed[],
): Promise<void> {
  const seen = strangers.filter(({ object }) => within(object.box, picture))
  const tokens = await deps.trackers.begin(
    tracker,
    picture,
    seen.map(({ object }) => object.box),
  )
  seen.forEach((one, at) => {
    one.token = tokens[at] ?? null
  })
  // What lies beside the picture cannot be learnt: it is lost from the beginning.
  for (const one of strangers) if (!seen.includes(one)) one.box = null
}

async function find(deps: Deps, picture: RgbPicture, all: readonly Followed[]): Promise<void> {
  const open = all.filter(({ box }) => box === undefined)
  if (open.length === 0) return
  const boxes = await deps.trackers.update(
    picture,
    open.map(({ token }) => token ?? ''),
  )
  open.forEach((one, at) => {
    const box = boxes[at]
    if (box === undefined) one.token = null
    else one.box = box && within(box, picture)
  })
}

const sameBox = (a: TrackedBox, b: TrackedBox) =>
  a.every((value, at) => Math.abs(value - (b[at] ?? 0)) < SAME_BOX_PIXELS)

/** An object at the edge is marked as far as the picture goes; one that has left it is lost. */
function within([x1, y1, x2, y2]: TrackedBox, { width, height }: RgbPicture): TrackedBox | null {
  const box: TrackedBox = [
    Math.max(0, x1),
    Math.max(0, y1),
    Math.min(width, x2),
    Math.min(height, y2),
  ]
  return box[2] - box[0] >= 1 && box[3] - box[1] >= 1 ? box : null
}
