import { z } from 'zod'
import { keyframeSchema, type Track, trackSchema } from '../domain/annotation.ts'
import { keyframeChanges } from '../tracks/keyframe-changes.ts'
import { type Operation, operationSchema, type Step, stepSchema } from './operation.ts'

/**
 * How a changed track travels and is written down. In memory an update carries the track whole, twice; of 10,000 keyframes
 * that is 4 MB of text for one that was moved. Sent is what changed: the track without its keyframes, and those keyframes.
 */

const trackFactsSchema = trackSchema.omit({ keyframes: true })
type TrackFacts = z.infer<typeof trackFactsSchema>

export const trackEditSchema = z.object({
  kind: z.literal('track'),
  before: trackFactsSchema,
  after: trackFactsSchema,
  /** By ascending frame; null: there is none on that frame. */
  keyframes: z.array(
    z.object({
      frame: z.int().nonnegative(),
      before: keyframeSchema.nullable(),
      after: keyframeSchema.nullable(),
    }),
  ),
})
export type TrackEdit = z.infer<typeof trackEditSchema>

/** An operation as it is sent, stored and answered. */
export const sentOperationSchema = z.discriminatedUnion('kind', [
  ...operationSchema.options,
  trackEditSchema,
])
export type SentOperation = z.infer<typeof sentOperationSchema>

export const sentStepSchema = stepSchema.extend({ operations: z.array(sentOperationSchema).min(1) })
export type SentStep = z.infer<typeof sentStepSchema>

/** Fewer keyframes are sent whole: that is as short, and easier to read. */
const MOST_WHOLE = 32

/** The operation as it is sent: an update of a long track as what changed, anything else as it is. */
export function packed(operation: Operation): SentOperation {
  if (operation.kind !== 'update') return operation
  const { before, after } = operation
  if (before.kind !== 'track' || after.kind !== 'track') return operation
  const most = Math.max(before.keyframes.length, after.keyframes.length)
  if (most <= MOST_WHOLE || before.type !== after.type || before.labelId !== after.labelId)
    return operation
  const { gone, come } = keyframeChanges(before.keyframes, after.keyframes)
  if (gone.length + come.length > most / 2) return operation
  const old = new Map(before.keyframes.map((one) => [one.frame, one]))
  const now = new Map(come.map((one) => [one.frame, one]))
  const frames = [...new Set([...gone, ...now.keys()])].sort((a, b) => a - b)
  const keyframes = frames.map((frame) => ({
    frame,
    before: old.get(frame) ?? null,
    after: now.get(frame) ?? null,
  }))
  return { kind: 'track', before: factsOf(before), after: factsOf(after), keyframes }
}

export function packedStep(step: Step): SentStep {
  return { ...step, operations: step.operations.map(packed) }
}

/** The edit as an update of the track as it is before it. */
export function unpacked(edit: TrackEdit, before: Track): Operation {
  const touched = new Set(edit.keyframes.map(({ frame }) => frame))
  const kept = before.keyframes.filter(({ frame }) => !touched.has(frame))
  const come = edit.keyframes.flatMap(({ after }) => after ?? [])
  const keyframes = [...kept, ...come].sort((a, b) => a.frame - b.frame)
  return { kind: 'update', before, after: { ...edit.after, keyframes } }
}

/** The edit that takes `edit` back. */
export function invertEdit(edit: TrackEdit): TrackEdit {
  const keyframes = edit.keyframes.map(({ frame, before, after }) => ({
    frame,
    before: after,
    after: before,
  }))
  return { ...edit, before: edit.after, after: edit.before, keyframes }
}

/**
 * Operations as they were before they were packed.
 * @param known  a track as the reader has it before the first of them
 * @returns null when an edit is of a track that the reader does not have
 */
export function unpackAll(
  sent: readonly SentOperation[],
  known: (id: Track['id']) => Track | undefined,
): Operation[] | null {
  const now = new Map<Track['id'], Track>()
  const operations: Operation[] = []
  for (const one of sent) {
    const before = one.kind === 'track' ? (now.get(one.before.id) ?? known(one.before.id)) : null
    if (one.kind === 'track' && !before) return null
    const operation = one.kind === 'track' && before ? unpacked(one, before) : (one as Operation)
    const after =
      operation.kind === 'update' || operation.kind === 'create' ? operation.after : null
    if (after?.kind === 'track') now.set(after.id, after)
    operations.push(operation)
  }
  return operations
}

function factsOf({ keyframes: _, ...facts }: Track): TrackFacts {
  return facts
}
