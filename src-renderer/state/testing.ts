import type { ChangeResult } from '#shared/contract/index.ts'
import type { Annotation, Shape, Track } from '#shared/domain/annotation.ts'
import type { AnnotationId, LabelId, TaskId } from '#shared/domain/ids.ts'
import { applyAll, invertAll } from '#shared/operations/algebra.ts'
import { FrameMarks } from '#shared/operations/frame-marks.ts'
import { isOnFrame } from '#shared/operations/on-frame.ts'
import type { HistoryEntry, Operation, Step } from '#shared/operations/operation.ts'
import { packed, type SentStep, unpackAll } from '#shared/operations/track-edit.ts'
import { newShape } from './steps.ts'

/** Shared by the tests of this folder: a core that keeps the contract of `annotations.*`, in memory. */
export class FakeCore {
  annotations: ReadonlyMap<AnnotationId, Annotation> = new Map()
  frameMarks = FrameMarks.none
  revision = 0
  /** Every clientStepId that arrived, repeats included. */
  readonly arrived: string[] = []
  readonly #answers = new Map<string, ChangeResult>()
  readonly #done: { step: Step; undone: boolean }[] = []

  apply(clientStepId: string, sent: SentStep): ChangeResult {
    this.arrived.push(clientStepId)
    const earlier = this.#answers.get(clientStepId)
    if (earlier) return earlier
    const operations = unpackAll(sent.operations, (id) => this.annotations.get(id) as Track)
    const step = { ...sent, operations: operations ?? [] }
    const kept = this.#done.filter((entry) => !entry.undone)
    this.#done.splice(0, this.#done.length, ...kept, { step, undone: false })
    const result = this.#carryOut(step, step.operations)
    this.#answers.set(clientStepId, result)
    return result
  }

  undo(): ChangeResult {
    const entry = this.#done.filter((candidate) => !candidate.undone).at(-1)
    if (!entry) throw new Error('nothing to undo')
    entry.undone = true
    return this.#carryOut(entry.step, invertAll(entry.step.operations))
  }

  redo(): ChangeResult {
    const entry = this.#done.find((candidate) => candidate.undone)
    if (!entry) throw new Error('nothing to redo')
    entry.undone = false
    return this.#carryOut(entry.step, entry.step.operations)
  }

  frame(frame: number, tracks = 'with'): { revision: number; annotations: Annotation[] } {
    const annotations = [...this.annotations.values()]
      .filter((one) => isOnFrame(one, frame))
      .filter((one) => tracks === 'with' || one.kind !== 'track')
    return { revision: this.revision, annotations }
  }

  tracks(): { revision: number; tracks: Annotation[]; next: null } {
    const tracks = [...this.annotations.values()].filter(({ kind }) => kind === 'track')
    return { revision: this.revision, tracks, next: null }
  }

  marks(): { revision: number; deleted: number[]; checked: number[] } {
    const frames = Array.from({ length: 100 }, (_, frame) => frame)
    return {
      revision: this.revision,
      deleted: frames.filter((frame) => this.frameMarks.isDeleted(frame)),
      checked: frames.filter((frame) => this.frameMarks.isChecked(frame)),
    }
  }

  #carryOut(step: Step, operations: readonly Operation[]): ChangeResult {
    this.annotations = applyAll(this.annotations, operations)
    this.frameMarks = this.frameMarks.apply(operations)
    this.revision += 1
    const entry: HistoryEntry = {
      id: this.revision,
      title: step.title,
      frame: step.frame,
      undone: false,
      createdAt: '2026-01-01T00:00:00Z',
    }
    return { revision: this.revision, entry, operations: operations.map(packed) }
  }
}

export const taskId = 1 as TaskId

/** A rectangle with an id, on a frame. */
export function rectangle(id: number, frame = 0): Shape {
  return newShape(
    { type: 'rectangle', points: [0, 0, 10, 10], rotation: 0 },
    { id: id as AnnotationId, frame, labelId: 1 as LabelId, zOrder: 0 },
  )
}

/** Lets every promise that can go on, go on. */
export async function settle(): Promise<void> {
  for (let turn = 0; turn < 30; turn += 1) await Promise.resolve()
}
