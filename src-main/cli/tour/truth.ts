import type { Shape } from '#shared/domain/annotation.ts'
import type { FunctionId } from '#shared/domain/function.ts'
import type { FrameIndex, TaskId } from '#shared/domain/ids.ts'
import { convertForm } from '#shared/geometry/convert.ts'
import { decodeMask } from '#shared/geometry/mask.ts'
import { maskIoU } from '#shared/geometry/mask-algebra.ts'
import { shapeOverlap } from '#shared/quality/overlap.ts'
import { shapeOn } from '#shared/tracks/on-frame.ts'
import type { Client } from '../connect.ts'

/** Two shapes are one object from here on. */
const SAME = 0.5

export interface FrameShapes {
  readonly frame: FrameIndex
  readonly shapes: readonly Shape[]
}

/** What is annotated on each frame: shapes, and tracks as they are seen there. */
export async function truthOf(
  client: Client,
  taskId: TaskId,
  until = Number.POSITIVE_INFINITY,
): Promise<FrameShapes[]> {
  const { size } = await client.tasks.get({ id: taskId })
  const frames: FrameShapes[] = []
  for (let frame = 0; frame < size && frame <= until; frame += 1) {
    const { annotations } = await client.annotations.frame({ taskId, frame })
    const shapes = annotations.flatMap((one) => {
      if (one.kind === 'tag') return []
      return one.kind === 'shape' ? one : (shapeOn(one, frame) ?? [])
    })
    frames.push({ frame, shapes })
  }
  return frames
}

/** How much of one task is in another of the same media, by label and overlap, each shape once. */
export async function likeTruth(
  client: Client,
  { found, truth, until }: { found: TaskId; truth: TaskId; until?: number },
) {
  const [ours, theirs] = [await truthOf(client, found, until), await truthOf(client, truth, until)]
  const figures = { frames: ours.length, found: 0, truth: 0, right: 0, extra: 0 }
  for (const [at, { shapes }] of ours.entries()) {
    const open = [...(theirs[at]?.shapes ?? [])]
    figures.found += shapes.length
    figures.truth += open.length
    for (const shape of shapes) {
      const overlaps = open.map((other) =>
        other.labelId === shape.labelId ? boxOverlap(shape, other) : 0,
      )
      const best = Math.max(0, ...overlaps)
      if (best < SAME) continue
      open.splice(overlaps.indexOf(best), 1)
      figures.right += 1
    }
  }
  return { ...figures, extra: figures.found - figures.right }
}

/** By the boxes around them: a detector's answer is a box, and the truth may be a polygon. */
function boxOverlap(a: Shape, b: Shape): number {
  const [boxA, boxB] = [boxed(a), boxed(b)]
  return boxA && boxB ? shapeOverlap(boxA, boxB) : 0
}

function boxed(shape: Shape): Shape | null {
  if (shape.type === 'rectangle' || shape.type === 'skeleton') return shape
  const [box] = convertForm({ ...shape, type: shape.type }, 'rectangle', { size: null })
  return box ? { ...shape, type: 'rectangle', points: [...box.points], rotation: 0 } : null
}

/** One click at the middle of what is seen of each object, and how well the answer covers it. */
export async function clicked(client: Client, taskId: TaskId, functionId: FunctionId) {
  const frames = await client.frames.list({ taskId })
  let [clicks, sum] = [0, 0]
  for (const { frame, shapes } of await truthOf(client, taskId)) {
    const { width, height } = frames[frame] ?? { width: null, height: null }
    if (width === null || height === null) continue
    for (const shape of shapes) {
      const [mask] = convertForm({ ...shape, type: shape.type }, 'mask', {
        size: { width, height },
      })
      if (!mask) continue
      const positive: [number, number][] = [middleOf(mask.points)]
      const answer = await client.functions.interact({ taskId, frame, functionId, positive })
      clicks += 1
      sum += answer.mask ? maskIoU(answer.mask, mask.points) : 0
    }
  }
  return { clicks, meanIou: clicks > 0 ? sum / clicks : 0 }
}

/** The set pixel nearest to the mean of all: what is bent has its mean beside it. */
function middleOf(points: readonly number[]): [number, number] {
  const { left, top, width, data } = decodeMask(points)
  const set = Array.from(data.keys()).filter((i) => data[i] === 1)
  const place = (i: number) => [i % width, Math.floor(i / width)] as const
  let [mx, my] = [0, 0]
  for (const i of set) {
    const [x, y] = place(i)
    mx += x / set.length
    my += y / set.length
  }
  let [best, least] = [0, Number.POSITIVE_INFINITY]
  for (const i of set) {
    const [x, y] = place(i)
    const away = (x - mx) ** 2 + (y - my) ** 2
    if (away >= least) continue
    least = away
    best = i
  }
  const [x, y] = place(best)
  return [left + x + 0.5, top + y + 0.5]
}

/** The boxes of the first frame, as a person would draw them. @returns the ids of the new shapes */
export async function firstBoxes(
  client: Client,
  { from, to }: { from: TaskId; to: TaskId },
): Promise<number[]> {
  const [first] = await truthOf(client, from, 0)
  const shapes = first?.shapes ?? []
  const { annotations, revision } = await client.annotations.frame({ taskId: to, frame: 0 })
  if (shapes.length === 0) return []
  const ids = await client.annotations.reserveIds({ count: shapes.length })
  const created = shapes.map((shape, at) => ({
    kind: 'create' as const,
    after: { ...shape, id: (ids.first + at) as typeof shape.id, source: 'manual' as const },
  }))
  await client.annotations.apply({
    taskId: to,
    baseRevision: revision,
    clientStepId: crypto.randomUUID(),
    step: {
      title: { key: 'draw', count: created.length },
      frame: 0,
      operations: [
        ...annotations.map((before) => ({ kind: 'delete' as const, before })),
        ...created,
      ],
    },
  })
  return created.map(({ after }) => after.id)
}

export async function countTracks(client: Client, taskId: TaskId): Promise<number> {
  const { tracks } = await client.annotations.tracks({ taskId })
  return tracks.length
}
