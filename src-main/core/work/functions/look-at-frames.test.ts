import { expect, test } from 'vitest'
import { detection } from '#shared/domain/detection.ts'
import type { FunctionId } from '#shared/domain/function.ts'
import type { TaskId } from '#shared/domain/ids.ts'
import { AppError } from '#shared/errors/app-error.ts'
import { resolveMapping } from '#shared/functions/mapping.ts'
import { functionLabel, label } from '#shared/functions/testing.ts'
import type { PredictionRepository, PredictionRun } from '../../ports.ts'
import { annotateParamsSchema } from '../../usecases/functions/annotate-params.ts'
import type { WorkDeps, WorkHooks } from '../work.ts'
import { AnnotateProgress } from './annotate-progress.ts'
import { lookAtFrames } from './look-at-frames.ts'

/** More rows than are stored at one go. */
const BOXES = 600
const BOX = detection({ label: 'car', type: 'rectangle', points: [1, 1, 20, 20], score: 0.5 })
const taskId = 1 as TaskId
const functionId = 'onnx/fake' as FunctionId

/** A store whose disk is full for large pieces while `isFull`; what it took, by frame. */
function tightStore() {
  const stored = new Map<number, number>()
  const disk = { isFull: true, doneThrough: -1 }
  const put: PredictionRepository['put'] = (_run, frames, { doneThrough }) => {
    if (disk.isFull && frames.length > 0) throw new AppError('DISK_FULL', { path: 'x' })
    for (const { frame, proposals } of frames) stored.set(frame, proposals.length)
    disk.doneThrough = doneThrough
  }
  const records = (_task: TaskId, from: number, count: number) =>
    Array.from({ length: count }, (_, at) => ({
      index: from + at,
      name: '',
      width: 64,
      height: 48,
    }))
  const deps = {
    store: { predictions: { put }, frames: { records } },
    functions: { detect: () => Promise.resolve(Array.from({ length: BOXES }, () => BOX)) },
  } as unknown as WorkDeps
  return { stored, disk, deps }
}

test('what the disk had no room for is looked at again', async () => {
  const { stored, disk, deps } = tightStore()
  const params = annotateParamsSchema.parse({
    ...{ functionId, taskId, jobId: null, frames: null, filter: '', onlyEmpty: false },
    ...{ cleanup: false, as: 'annotations', mapping: { car: 'car' }, functionName: 'fake' },
  })
  const mapping = resolveMapping(undefined, [functionLabel('car')], [label(1, 'car')])
  const hooks = {
    ...{ signal: new AbortController().signal, progress: () => {}, event: () => {} },
  } as unknown as WorkHooks
  const look = () => {
    const run: PredictionRun = {
      ...{ id: 1, frames: [{ start: 0, stop: 5 }], doneThrough: disk.doneThrough, facts: null },
    }
    return lookAtFrames(deps, { params, mapping, run, progress: new AnnotateProgress(null) }, hooks)
  }
  await expect(look()).rejects.toMatchObject({ code: 'DISK_FULL' })
  expect(disk.doneThrough).toBe(-1)
  disk.isFull = false
  await look()
  expect([...stored]).toEqual([0, 1, 2, 3, 4, 5].map((frame) => [frame, BOXES]))
})
