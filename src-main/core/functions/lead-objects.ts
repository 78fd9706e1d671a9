import type { Annotation, Shape, Track } from '#shared/domain/annotation.ts'
import type { FunctionId } from '#shared/domain/function.ts'
import type { AnnotationId, FrameIndex, TaskId } from '#shared/domain/ids.ts'
import type { LedPath, Place } from '#shared/tracks/lead.ts'
import { shapeOn } from '#shared/tracks/on-frame.ts'
import type { FoundShape, Store } from '../ports.ts'
import type { CalledFunctions } from './called-functions.ts'
import { leadTo, type PictureSize } from './lead.ts'

export interface LeadRange {
  readonly taskId: TaskId
  readonly functionId: FunctionId
  readonly from: FrameIndex
  /** Before or after `from`. */
  readonly to: FrameIndex
  /** Empty: everything on `from` that the tracker can follow. */
  readonly annotationIds: readonly AnnotationId[]
  readonly minScore: number
}

/** An object, and where it was found. */
export interface LedObject {
  readonly annotation: Shape | Track
  /** As it was on the first frame. */
  readonly seen: Shape
  readonly path: LedPath
}

export interface LedObjects {
  readonly objects: readonly LedObject[]
  /** Asked for and not on that frame, or nothing the tracker can follow. */
  readonly passedOver: number
}

interface OnTheWay {
  readonly annotation: Shape | Track
  readonly seen: Shape
  readonly found: Place[]
  last: Pick<FoundShape, 'type' | 'points' | 'rotation'>
  token: string | null
  lostOn: FrameIndex | null
}

/** A tracker remembers some hundred objects: more of one frame are led one company after the other. */
const COMPANY = 100

/**
 * Lead objects from frame to frame; deleted frames are passed over. Nothing is stored.
 * @throws whatever the tracker or `progress` throws
 */
export async function leadObjects(
  {
    store,
    functions,
  }: { store: Pick<Store, 'annotations' | 'frames'>; functions: CalledFunctions },
  range: LeadRange,
  hooks: {
    readonly signal: AbortSignal
    progress(done: number, total: number, message: string): void
  },
): Promise<LedObjects> {
  const { shapeTypes } = await functions.get(range.functionId, 'tracker')
  const asked = chosen(store, range)
  const objects = asked.flatMap((one): OnTheWay[] => {
    const seen = one.kind === 'tag' ? null : shapeOn(one, range.from)
    if (one.kind === 'tag' || !seen || !shapeTypes.includes(seen.type)) return []
    const token = null
    return [{ annotation: one, seen, found: [], last: seen, token, lostOn: null }]
  })
  const frames = framesOf(store, range)
  const total = frames.length * Math.ceil(objects.length / COMPANY)
  let done = 0
  for (let first = 0; first < objects.length; first += COMPANY) {
    let open = objects.slice(first, first + COMPANY)
    let at = range.from
    for (const frame of frames) {
      hooks.progress(done, total, `frame ${frame}, up to ${range.to}: ${open.length} objects`)
      if (open.length > 0)
        await step(
          functions,
          range,
          open,
          { at, frame, size: sizeOf(store, range, frame) },
          hooks.signal,
        )
      open = open.filter(({ lostOn }) => lostOn === null)
      at = frame
      done += 1
    }
  }
  hooks.progress(total, total, 'writing')
  return {
    objects: objects.map(({ annotation, seen, found, lostOn }) => ({
      annotation,
      seen,
      path: { found, lostOn },
    })),
    passedOver: range.annotationIds.length === 0 ? 0 : range.annotationIds.length - objects.length,
  }
}

function chosen(
  store: Pick<Store, 'annotations'>,
  { taskId, from, annotationIds }: LeadRange,
): Annotation[] {
  return annotationIds.length > 0
    ? store.annotations.byIds(taskId, [...new Set(annotationIds)])
    : store.annotations.ofFrame(taskId, from)
}

/** All after `from`, in the order to go. */
function framesOf(store: Pick<Store, 'frames'>, { taskId, from, to }: LeadRange): FrameIndex[] {
  const deleted = new Set(store.frames.marks(taskId).deleted)
  const way = to < from ? -1 : 1
  return Array.from({ length: Math.abs(to - from) }, (_, i) => from + way * (i + 1)).filter(
    (frame) => !deleted.has(frame),
  )
}

function sizeOf(
  store: Pick<Store, 'frames'>,
  { taskId }: LeadRange,
  frame: FrameIndex,
): PictureSize | null {
  const { width, height } = store.frames.record(taskId, frame)
  return width !== null && height !== null ? { width, height } : null
}

async function step(
  functions: CalledFunctions,
  { taskId, functionId, minScore }: LeadRange,
  open: readonly OnTheWay[],
  { at, frame, size }: { at: FrameIndex; frame: FrameIndex; size: PictureSize | null },
  signal: AbortSignal,
): Promise<void> {
  const objects = open.map(({ last, token }) => ({
    shape: { type: last.type, points: last.points, rotation: last.rotation },
    token,
  }))
  const lead = { taskId, functionId, from: at, to: frame, objects, minScore, size }
  const led = await leadTo(functions, lead, { signal, lane: 'batch' })
  open.forEach((one, i) => {
    const { shape, token } = led.objects[i] ?? { shape: null, token: null }
    one.token = token
    if (!shape) one.lostOn = frame
    else {
      one.last = shape
      one.found.push({ frame, points: shape.points, rotation: shape.rotation })
    }
  })
}
