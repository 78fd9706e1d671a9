/**
 * Every change of annotations that is not an import: apply, undo, redo. Each is one transaction over the rows, the
 * task's counters and revision, and the journal; what it answers is on the disk (docs/adr/0006).
 */

import { isDeepStrictEqual } from 'node:util'
import type { ChangeResult } from '#shared/contract/index.ts'
import type { Annotation } from '#shared/domain/annotation.ts'
import type { TaskId } from '#shared/domain/ids.ts'
import { AppError } from '#shared/errors/app-error.ts'
import { invert } from '#shared/operations/algebra.ts'
import {
  invertEdit,
  packed,
  type SentOperation,
  type SentStep,
  type TrackEdit,
} from '#shared/operations/track-edit.ts'
import type { AnnotationRepository } from '../core/ports.ts'
import { checkAnnotation, createRules, type Rules } from './annotation-rules.ts'
import type { AnnotationTable, Stored } from './annotation-table.ts'
import type { BatchTable } from './batch-table.ts'
import type { Handle } from './connection.ts'
import type { FrameMarkTable } from './frame-marks.ts'
import {
  batchIdsOf,
  type Journal,
  operationsOf,
  parseEffect,
  type StepRow,
  toEntry,
} from './journal.ts'
import { reviveLabels, reviveLabelsInUse } from './label-table.ts'
import { isReserved } from './sequence.ts'
import { advance, type Counters, countersOf, type TaskRow, taskRow } from './task-row.ts'

export interface ChangeDeps {
  readonly handle: Handle
  readonly table: AnnotationTable
  readonly batches: BatchTable
  readonly frameMarks: FrameMarkTable
  readonly journal: Journal
  /** Called when rows were left for the purge. */
  readonly onGarbage: () => void
}

type Changes = Pick<AnnotationRepository, 'apply' | 'undo' | 'redo' | 'history'>

/** An operation as it will be journalled: the `before` that was really there, and the batch its row lies in (0: no row). */
interface Carried {
  readonly operation: SentOperation
  readonly batchId: number
}

export function createAnnotationChanges(deps: ChangeDeps): Changes {
  const { handle, journal } = deps
  return {
    apply: (taskId, baseRevision, clientStepId, step) =>
      handle.write(() => {
        const task = taskRow(handle, taskId)
        const repeated = journal.byClientId(taskId, clientStepId)
        if (repeated) return answer(repeated, repeated.revision, operationsOf(repeated))
        return applyStep(deps, task, { baseRevision, clientStepId, step })
      }),
    undo: (taskId) =>
      handle.write(() => {
        const task = taskRow(handle, taskId)
        const row = journal.lastDone(taskId)
        if (!row) throw new AppError('NOTHING_TO_UNDO', { verb: 'undo' })
        return replay(deps, task, row, true)
      }),
    redo: (taskId) =>
      handle.write(() => {
        const task = taskRow(handle, taskId)
        const row = journal.firstUndone(taskId)
        if (!row) throw new AppError('NOTHING_TO_UNDO', { verb: 'redo' })
        return replay(deps, task, row, false)
      }),
    history: (taskId, before, limit) =>
      journal.list(taskId, before ?? Number.MAX_SAFE_INTEGER, limit),
  }
}

function applyStep(
  deps: ChangeDeps,
  task: TaskRow,
  {
    baseRevision,
    clientStepId,
    step,
  }: { baseRevision: number; clientStepId: string; step: SentStep },
): ChangeResult {
  const taskId = task.id as TaskId
  if (step.frame >= Math.max(1, task.size)) {
    const problem = `frame ${step.frame} is outside the task, which has ${task.size} frames`
    throw new AppError('INPUT_INVALID', { where: 'step.frame', problem })
  }
  dropUndone(deps, taskId)
  const rules = createRules(deps.handle.sql, taskId, task.size)
  const context = { deps, taskId, rules, baseRevision, revision: task.revision + 1 }
  const { counters, carried } = counting(deps, task, step.operations, () =>
    step.operations.map((operation) => carryOut(context, operation)),
  )
  const operations = carried.map(({ operation }) => operation)
  const revision = advance(deps.handle, task, counters)
  const row = deps.journal.add({
    taskId,
    clientStepId,
    title: step.title,
    frame: step.frame,
    operations,
    batchIds: carried.map(({ batchId }) => batchId),
    effect: null,
    revision,
  })
  return answer(row, revision, operations)
}

/** An undone import that nobody can redo any more is left to the purge. */
export function dropUndone(
  { journal, batches, onGarbage }: Pick<ChangeDeps, 'journal' | 'batches' | 'onGarbage'>,
  taskId: TaskId,
): void {
  const dead = journal.dropUndone(taskId)
  if (dead.length === 0) return
  batches.setStateOfAll(dead, 'dead')
  onGarbage()
}

interface Context {
  readonly deps: ChangeDeps
  readonly taskId: TaskId
  readonly rules: Rules
  readonly baseRevision: number
  /** What the task's revision becomes. */
  readonly revision: number
}

function carryOut(context: Context, operation: SentOperation): Carried {
  if (operation.kind === 'track') return carryOutEdit(context, operation)
  const { taskId, rules, revision } = context
  const { table, batches, frameMarks } = context.deps
  if (operation.kind === 'frame')
    return { operation: frameMarks.carryOut(taskId, operation), batchId: 0 }
  if (operation.kind !== 'delete') checkAnnotation(rules, operation.after, operation.after.id)
  if (operation.kind === 'create') {
    refuseTakenId(context, operation.after)
    const batchId = batches.newestLive(taskId)
    table.insert({ id: operation.after.id, taskId, batchId, revision }, operation.after)
    return { operation, batchId }
  }
  const stored = current(context, operation.before)
  const before = stored.annotation
  if (operation.kind === 'delete') {
    table.delete(before.id)
    return { operation: { kind: 'delete', before }, batchId: stored.batchId }
  }
  if (operation.after.id !== before.id) throw invalid(operation.after, 'a change keeps the id')
  table.update(before.id, revision, operation.after, before)
  const carried = packed({ kind: 'update', before, after: operation.after })
  return { operation: carried, batchId: stored.batchId }
}

/** Looks at nothing but the keyframes that change. */
function carryOutEdit(context: Context, edit: TrackEdit): Carried {
  const { deps, taskId, rules, revision } = context
  const { before, after } = edit
  const stored = deps.table.trackOn(
    taskId,
    before.id,
    edit.keyframes.map(({ frame }) => frame),
  )
  const { annotation, batchId } = ours(context, stored, {
    ...before,
    keyframes: edit.keyframes.flatMap((one) => one.before ?? []),
  })
  if (after.id !== before.id) throw invalid(after, 'a change keeps the id')
  if (after.type !== annotation.type || after.labelId !== annotation.labelId)
    throw invalid(after, 'an edit of keyframes keeps type and label')
  const come = edit.keyframes.flatMap((one) => one.after ?? [])
  const [first] = come
  const checked = first ? { ...after, frame: first.frame, keyframes: come } : asTag(after)
  checkAnnotation(rules, checked, after.id)
  const { keyframes: known, ...facts } = annotation
  const keyframes = edit.keyframes.map((one) => ({
    ...one,
    before: known.find(({ frame }) => frame === one.frame) ?? null,
  }))
  const carried: TrackEdit = { kind: 'track', before: facts, after, keyframes }
  deps.table.edit(after.id, revision, carried)
  if (deps.table.firstKeyframe(after.id) !== after.frame)
    throw invalid(after, 'it does not begin at its first keyframe')
  return { operation: carried, batchId }
}

/** What of a track has to be right when no keyframe comes: frame, label and attributes. */
function asTag({ type: _, ...facts }: TrackEdit['after']): Annotation {
  return { ...facts, kind: 'tag' }
}

/** The stored annotation an operation means, unless it changed since the revision the operation was made on. */
function current(context: Context, before: Annotation): Stored {
  return ours(context, context.deps.table.get(context.taskId, before.id), before)
}

function ours<T extends Stored>(
  { taskId, baseRevision, revision }: Context,
  stored: T | null,
  before: Annotation,
): T {
  const isOurs = stored && (stored.revision <= baseRevision || stored.revision === revision)
  // A newer row that is equal to what the client saw is no conflict: its own earlier step, still on the way back to it.
  if (stored && (isOurs || isDeepStrictEqual(stored.annotation, before))) return stored
  throw new AppError('REVISION_CONFLICT', { taskId, annotation: before.id })
}

function refuseTakenId({ deps }: Context, after: Annotation): void {
  if (!isReserved(deps.handle, after.id)) throw invalid(after, 'its id was never reserved')
  if (deps.table.isTaken(after.id)) throw invalid(after, 'its id is taken by another annotation')
}

function invalid({ id, frame }: Pick<Annotation, 'id' | 'frame'>, problem: string): AppError {
  return new AppError('ANNOTATION_INVALID', { annotation: id, frame, problem })
}

function replay(deps: ChangeDeps, task: TaskRow, row: StepRow, undo: boolean): ChangeResult {
  deps.journal.setUndone(row.id, undo)
  const shown = { ...row, undone: undo ? 1 : 0 }
  if (row.effect !== null) return answer(shown, replayImport(deps, task, row.effect, undo), [])
  const stepped = operationsOf(row)
  const recorded = batchIdsOf(row)
  const isMaking = !undo && stepped.some(({ kind }) => kind === 'create')
  const homes = isMaking ? deps.journal.homes(task.id as TaskId) : new Map<number, number>()
  const carried = stepped.map((operation, index) => ({
    operation: undo ? inverted(operation) : operation,
    batchId: homeOf(homes, operation) ?? recorded[index] ?? 0,
  }))
  if (undo) carried.reverse()
  const operations = carried.map(({ operation }) => operation)
  const { counters } = counting(deps, task, operations, () => {
    for (const item of carried) restore(deps, task, item)
  })
  reviveLabels(deps.handle, labelsOf(operations))
  return answer(shown, advance(deps.handle, task, counters), operations)
}

const inverted = (operation: SentOperation): SentOperation =>
  operation.kind === 'track' ? invertEdit(operation) : invert(operation)

function homeOf(homes: ReadonlyMap<number, number>, operation: SentOperation): number | undefined {
  return operation.kind === 'create' ? homes.get(operation.after.id) : undefined
}

/** History is linear, so what was true then is true again: nothing to check, only to write. */
function restore(deps: ChangeDeps, task: TaskRow, { operation, batchId }: Carried): void {
  const { table, frameMarks } = deps
  const revision = task.revision + 1
  if (operation.kind === 'frame') frameMarks.set(task.id as TaskId, operation)
  else if (operation.kind === 'track') table.edit(operation.after.id, revision, operation)
  else if (operation.kind === 'delete') table.delete(operation.before.id)
  else if (operation.kind === 'update') {
    table.update(operation.after.id, revision, operation.after, operation.before)
  } else {
    const row = { id: operation.after.id, taskId: task.id as TaskId, batchId, revision }
    table.insert(row, operation.after)
  }
}

function replayImport(deps: ChangeDeps, task: TaskRow, text: string, undo: boolean): number {
  const { shown, hidden, before, after } = parseEffect(text)
  deps.batches.setStateOfAll(shown, undo ? 'parked' : 'live')
  deps.batches.setState(hidden, undo ? 'live' : 'parked')
  reviveLabelsInUse(deps.handle, task.id as TaskId)
  return advance(deps.handle, task, undo ? before : after)
}

function labelsOf(operations: readonly SentOperation[]): Set<number> {
  const written = operations.flatMap((operation) =>
    operation.kind === 'create' || operation.kind === 'update' || operation.kind === 'track'
      ? [operation.after]
      : [],
  )
  return new Set(written.map((annotation) => annotation.labelId))
}

/** Run `body` and learn the task's counters from the frames the operations touch, without reading the others. */
function counting<T>(
  { table }: ChangeDeps,
  task: TaskRow,
  operations: readonly SentOperation[],
  body: () => T,
): { counters: Counters; carried: T } {
  const taskId = task.id as TaskId
  const frames = framesOf(operations)
  const annotated = () => frames.filter((frame) => table.isAnnotated(taskId, frame)).length
  const before = annotated()
  const carried = body()
  const { objectCount, annotatedFrameCount } = countersOf(task)
  const created = operations.filter(({ kind }) => kind === 'create').length
  const deleted = operations.filter(({ kind }) => kind === 'delete').length
  const counters = {
    objectCount: objectCount + created - deleted,
    annotatedFrameCount: annotatedFrameCount + annotated() - before,
  }
  return { counters, carried }
}

function framesOf(operations: readonly SentOperation[]): number[] {
  const frames = new Set<number>()
  for (const operation of operations) {
    if (operation.kind === 'frame') continue
    if (operation.kind !== 'create') frames.add(operation.before.frame)
    if (operation.kind !== 'delete') frames.add(operation.after.frame)
  }
  return [...frames]
}

function answer(
  row: StepRow,
  revision: number,
  operations: readonly SentOperation[],
): ChangeResult {
  return { revision, entry: toEntry(row), operations: [...operations] }
}
