import type { Annotation, Track } from '#shared/domain/annotation.ts'
import { shapeTypes } from '#shared/domain/annotation.ts'
import type { AnnotationId, LabelId } from '#shared/domain/ids.ts'
import type { Task } from '#shared/domain/task.ts'
import type { BackupContent, BackupFrame, BackupMedia, FrameRange, Store } from '../../ports.ts'

/** Annotations read at a time. */
const AT_ONCE = 500
/** Frames whose shapes are read at a time. */
const FRAMES_AT_ONCE = 50

/** A task as the archive's writer reads it: nothing but ids is held, whatever its size. */
export function contentOf(
  store: Store,
  task: Task,
  what: {
    readonly media: BackupMedia
    readonly pictures: readonly BackupFrame[]
    readonly ids: readonly AnnotationId[]
  },
): BackupContent {
  const labels = store.labels.ofTask(task.id)
  const labelIds = labels.map(({ id }) => id)
  const spans = lazily(() => trackSpans(store, task))
  return {
    task,
    labels,
    jobs: store.jobs.ofTask(task.id),
    media: what.media,
    ...store.frames.marks(task.id),
    frames: () => what.pictures,
    *annotations() {
      for (let at = 0; at < what.ids.length; at += AT_ONCE)
        yield* store.annotations.byIds(task.id, what.ids.slice(at, at + AT_ONCE))
    },
    tags: (range) => onFrames(store, task, range, { labelIds, kinds: ['tag'] }),
    shapes: (range) => onFrames(store, task, range, { labelIds, kinds: shapeTypes }),
    *tracks({ start, stop }) {
      const ids = spans()
        .filter(({ first, last }) => first <= stop && last >= start)
        .map(({ id }) => id)
      for (let at = 0; at < ids.length; at += AT_ONCE)
        for (const one of store.annotations.byIds(task.id, ids.slice(at, at + AT_ONCE)))
          if (one.kind === 'track') yield one
    },
  }
}

function* onFrames(
  store: Store,
  task: Task,
  { start, stop }: FrameRange,
  wanted: {
    labelIds: readonly LabelId[]
    kinds: readonly ('tag' | (typeof shapeTypes)[number])[]
  },
): Generator<Annotation> {
  for (let first = start; first <= stop; first += FRAMES_AT_ONCE) {
    const last = Math.min(stop, first + FRAMES_AT_ONCE - 1)
    const found = store.annotations.candidates(task.id, { first, last }, { ...wanted, exact: true })
    yield* found.sort((a, b) => a.frame - b.frame || a.id - b.id)
  }
}

interface TrackSpan {
  readonly id: Track['id']
  readonly first: number
  /** Infinite for one that is seen to the end. */
  readonly last: number
}

/** Which job has which tracks, so that a task of a thousand jobs does not read every track a thousand times. */
function trackSpans(store: Store, task: Task): TrackSpan[] {
  const spans: TrackSpan[] = []
  for (let after = 0; ; ) {
    const { tracks, next } = store.annotations.trackPage(task.id, after)
    for (const { id, frame, keyframes } of tracks) {
      const end = keyframes.at(-1)
      spans.push({ id, first: frame, last: end?.outside ? end.frame : Number.POSITIVE_INFINITY })
    }
    if (next === null) return spans
    after = next
  }
}

function lazily<T>(make: () => T): () => T {
  let made: { value: T } | null = null
  return () => {
    made ??= { value: make() }
    return made.value
  }
}
