import type { FunctionId } from '#shared/domain/function.ts'
import type { FrameIndex, TaskId } from '#shared/domain/ids.ts'
import { AppError } from '#shared/errors/app-error.ts'
import { shapeBounds } from '#shared/geometry/shape-bounds.ts'
import type { FoundShape, FrameFunctions, FunctionCall, TrackedShape } from '../ports.ts'

/** An object to find on the next frame. `token`: what the tracker knows it by; null, it must learn it first. */
export interface LedObject {
  readonly shape: TrackedShape
  readonly token: string | null
}

export interface Lead {
  readonly taskId: TaskId
  readonly functionId: FunctionId
  /** Where the objects are as their shapes say. */
  readonly from: FrameIndex
  readonly to: FrameIndex
  readonly objects: readonly LedObject[]
  /** What is found with less is lost. */
  readonly minScore: number
  /** Upright pixels of `to`; null where nobody has read them. */
  readonly size: PictureSize | null
}

export interface PictureSize {
  readonly width: number
  readonly height: number
}

export interface Led {
  /** How many objects were learnt anew. */
  readonly initialized: number
  /** In the order asked; null: lost. */
  readonly objects: { readonly shape: FoundShape | null; readonly token: string | null }[]
}

interface Open {
  readonly object: LedObject
  token: string | null
  /** Undefined until it was looked for. */
  shape: FoundShape | null | undefined
}

/**
 * Find objects of one frame on another, all together. What the tracker has not seen yet, or has forgotten (its memory is
 * bounded), it learns on `from` first.
 * @throws FUNCTION_ANSWER_INVALID for a place that is none, FUNCTION_FAILED when it remembers nothing, and whatever the tracker throws
 */
export async function leadTo(
  functions: Pick<FrameFunctions, 'begin' | 'update'>,
  lead: Lead,
  call: FunctionCall,
): Promise<Led> {
  const open = lead.objects.map(
    (object): Open => ({ object, token: object.token, shape: undefined }),
  )
  let initialized = 0
  for (let round = 0; round < 2 && open.some(({ shape }) => shape === undefined); round += 1) {
    initialized += await begin(functions, lead, open, call)
    await update(functions, lead, open, call)
  }
  if (open.some(({ shape }) => shape === undefined)) {
    const detail = 'it forgets objects as soon as it has learnt them'
    throw new AppError('FUNCTION_FAILED', { id: lead.functionId, detail })
  }
  return {
    initialized,
    objects: open.map(({ shape, token }) => ({ shape: shape ?? null, token })),
  }
}

async function begin(
  functions: Pick<FrameFunctions, 'begin'>,
  { taskId, from, functionId, size }: Lead,
  open: readonly Open[],
  call: FunctionCall,
): Promise<number> {
  const strangers = open.filter(({ token, shape }) => token === null && shape === undefined)
  // What lies beside the picture cannot be learnt: it is lost from the beginning.
  for (const one of strangers) if (!isSeen(one.object.shape, size)) one.shape = null
  const seen = strangers.filter(({ shape }) => shape === undefined)
  if (seen.length === 0) return 0
  const shapes = seen.map(({ object }) => object.shape)
  const tokens = await functions.begin({ taskId, frame: from }, functionId, shapes, call)
  seen.forEach((one, at) => {
    one.token = tokens[at] ?? null
  })
  return seen.length
}

async function update(
  functions: Pick<FrameFunctions, 'update'>,
  { taskId, to, functionId, minScore, size }: Lead,
  open: readonly Open[],
  call: FunctionCall,
): Promise<void> {
  const sought = open.filter(({ shape }) => shape === undefined)
  if (sought.length === 0) return
  const tokens = sought.map(({ token }) => token ?? '')
  const found = await functions.update({ taskId, frame: to }, functionId, tokens, call)
  sought.forEach((one, at) => {
    const shape = found[at]
    if (shape === undefined) one.token = null
    else one.shape = shape && accepted(shape, one.object.shape, { functionId, minScore, size })
  })
}

/** An object at the edge is marked as far as the picture goes; one that has left it, or that nobody is sure of, is lost. */
function accepted(
  shape: FoundShape,
  asked: TrackedShape,
  { functionId, minScore, size }: Pick<Lead, 'functionId' | 'minScore' | 'size'>,
): FoundShape | null {
  if (!shape.points.every(Number.isFinite) || !Number.isFinite(shape.rotation)) {
    const problem = 'a coordinate of what it found is no number'
    throw new AppError('FUNCTION_ANSWER_INVALID', { id: functionId, where: 'shape', problem })
  }
  if (shape.type !== asked.type) {
    const problem = `it was given a ${asked.type} to follow and found a ${shape.type}`
    throw new AppError('FUNCTION_ANSWER_INVALID', { id: functionId, where: 'shape', problem })
  }
  if (shape.score !== null && shape.score < minScore) return null
  const cut = size && shape.type === 'rectangle' && shape.rotation === 0 ? clip(shape, size) : shape
  return isSeen(cut, size) ? cut : null
}

function clip(shape: FoundShape, { width, height }: PictureSize): FoundShape {
  const [x1 = 0, y1 = 0, x2 = 0, y2 = 0] = shape.points
  return {
    ...shape,
    points: [Math.max(0, x1), Math.max(0, y1), Math.min(width, x2), Math.min(height, y2)],
  }
}

/** At least one pixel of it lies in the picture. */
function isSeen(shape: TrackedShape, size: PictureSize | null): boolean {
  const box = shapeBounds({ ...shape, elements: [] })
  if (!box) return false
  const { width, height } = size ?? { width: Number.MAX_VALUE, height: Number.MAX_VALUE }
  const isThin = shape.type === 'points' || shape.type === 'polyline'
  const least = isThin ? 0 : 1
  const across = Math.min(width, box.right) - Math.max(size ? 0 : -Number.MAX_VALUE, box.left)
  const down = Math.min(height, box.bottom) - Math.max(size ? 0 : -Number.MAX_VALUE, box.top)
  return across >= least && down >= least
}
