/** What the store's tests and benches stand on: a store in a folder of its own, tasks and annotations that pass its rules. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Annotation, Shape } from '#shared/domain/annotation.ts'
import type { AnnotationId, LabelId, TaskId } from '#shared/domain/ids.ts'
import { parseRawLabels } from '#shared/domain/parse-raw-labels.ts'
import type { Task } from '#shared/domain/task.ts'
import type { Operation, Step } from '#shared/operations/operation.ts'
import type { NewTask, ScannedFrame, Store } from '../core/ports.ts'

const made: string[] = []

/** In a folder of its own, until `removeDatabases`. */
export function newDatabasePath(): string {
  const dir = mkdtempSync(join(tmpdir(), 'fieldmark-store-'))
  made.push(dir)
  return join(dir, 'fieldmark.db')
}

/** After all tests of a file. */
export function removeDatabases(): void {
  for (const dir of made.splice(0)) rmSync(dir, { recursive: true, force: true })
}

export const ARM_SVG =
  '<circle cx="20" cy="20" data-node-id="1" /><circle cx="80" cy="80" data-node-id="2" />'

export const LABELS = parseRawLabels([
  {
    name: 'car',
    attributes: [{ name: 'color', mutable: false, input_type: 'select', values: ['red', 'blue'] }],
  },
  { name: 'person' },
  {
    name: 'arm',
    type: 'skeleton',
    svg: ARM_SVG,
    sublabels: [
      { name: '1', type: 'points' },
      { name: '2', type: 'points' },
    ],
  },
])

export function newTask(fields: Partial<NewTask> = {}): NewTask {
  return {
    name: 'street',
    projectId: null,
    labels: LABELS,
    subset: '',
    bugTracker: '',
    segmentSize: 0,
    overlap: 0,
    frameStep: 1,
    startFrame: 0,
    stopFrame: null,
    sortingMethod: 'natural',
    mediaPaths: ['/media/street'],
    ...fields,
  }
}

export function scanned(count: number): ScannedFrame[] {
  return Array.from({ length: count }, (_, index) => ({
    name: `${index}.jpg`,
    sourceIndex: 0,
    entry: `${index}.jpg`,
    offset: null,
    sizeBytes: 1000 + index,
    mtimeMs: 1.5,
  }))
}

/** A task that is ready, with `frames` frames. */
export function readyTask(store: Store, frames = 10, fields: Partial<NewTask> = {}): Task {
  const { id } = store.tasks.create(newTask(fields))
  store.frames.setAll(id, [{ kind: 'folder', path: '/media/street' }], scanned(frames), frames)
  return store.tasks.get(id)
}

export function rectangle(fields: Partial<Shape> & { labelId: LabelId }): Shape {
  return {
    kind: 'shape',
    id: 1 as AnnotationId,
    frame: 0,
    group: 0,
    source: 'manual',
    attributes: [],
    type: 'rectangle',
    points: [10, 20.25, 1 / 3, 40],
    rotation: 0,
    occluded: false,
    zOrder: 0,
    score: null,
    elements: [],
    ...fields,
  }
}

export function stepOf(operations: Operation[], key = 'draw'): Step {
  return { title: { key, count: operations.length }, frame: 0, operations }
}

/** One hand drawing in one task, with ids of its own: the way the renderer speaks to the store. */
export function createHand(store: Store, taskId: TaskId, name = 'hand') {
  const labelId = store.labels.ofTask(taskId)[0]?.id as LabelId
  let steps = 0
  const apply = (operations: Operation[], baseRevision?: number) => {
    steps += 1
    const base = baseRevision ?? store.tasks.get(taskId).revision
    return store.annotations.apply(taskId, base, `${name}-${taskId}-${steps}`, stepOf(operations))
  }
  return {
    labelId,
    apply,
    make(fields: Partial<Shape> = {}): Shape {
      const id = store.annotations.reserveIds(1).first as AnnotationId
      return rectangle({ labelId, id, ...fields })
    },
    draw(fields: Partial<Shape> = {}): Shape {
      const after = this.make(fields)
      apply([{ kind: 'create', after }])
      return after
    },
    change(before: Shape, fields: Partial<Shape>): Shape {
      const after = { ...before, ...fields }
      apply([{ kind: 'update', before, after }])
      return after
    },
    remove: (before: Annotation) => apply([{ kind: 'delete', before }]),
  }
}

export function withoutId(shape: Shape): Omit<Shape, 'id'> {
  const { id: _id, ...rest } = shape
  return rest
}
