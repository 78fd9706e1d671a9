import fc from 'fast-check'
import { afterAll, expect, test } from 'vitest'
import type { Annotation, Shape } from '#shared/domain/annotation.ts'
import type { TaskId } from '#shared/domain/ids.ts'
import type { Store } from '../core/ports.ts'
import { createHand, newDatabasePath, readyTask, removeDatabases, withoutId } from './fixture.ts'
import { openStore } from './index.ts'

type Change =
  | { readonly do: 'draw' | 'move' | 'remove'; readonly pick: number; readonly frame: number }
  | {
      readonly do: 'mark'
      readonly frame: number
      readonly deleted: boolean
      readonly checked: boolean
    }
  | { readonly do: 'rewrite'; readonly picks: number[]; readonly frame: number }
  | { readonly do: 'import'; readonly mode: 'add' | 'replace'; readonly frames: number[] }
type Walk = { readonly do: 'undo' } | { readonly do: 'redo' }
type Gesture = Change | Walk | { readonly do: 'crash' }

const frame = fc.nat(4)
const gesture: fc.Arbitrary<Gesture> = fc.oneof(
  fc.record({ do: fc.constantFrom('draw', 'move', 'remove'), pick: fc.nat(20), frame }),
  fc.record({ do: fc.constant('mark'), frame, deleted: fc.boolean(), checked: fc.boolean() }),
  fc.record({
    do: fc.constant('import'),
    mode: fc.constantFrom('add', 'replace'),
    frames: fc.array(frame, { maxLength: 4 }),
  }),
  fc.record({
    do: fc.constant('rewrite'),
    picks: fc.array(fc.nat(20), { minLength: 1, maxLength: 4 }),
    frame,
  }),
  fc.record({ do: fc.constantFrom('undo', 'undo', 'redo', 'crash') }),
) as fc.Arbitrary<Gesture>

/** A task's history as it ought to be: a list of states and where in it we are. */
interface Model {
  states: string[]
  at: number
}

/** All that history is about: the annotations, and what was said about frames. */
const state = (store: Store, taskId: TaskId): string =>
  JSON.stringify([snapshot(store, taskId), store.frames.marks(taskId)])

const snapshot = (store: Store, taskId: TaskId): Annotation[] =>
  [...store.annotations.byFrame(taskId)].flatMap(({ annotations }) => annotations)

test('whatever is drawn, imported, rewritten, undone, redone and crashed: the task is in the state of the model, its counters too', () => {
  const path = newDatabasePath()
  let store = openStore(path)
  fc.assert(
    fc.property(fc.array(gesture, { minLength: 1, maxLength: 15 }), (gestures) => {
      const { id } = readyTask(store, 5)
      const model: Model = { states: [state(store, id)], at: 0 }
      for (const one of gestures) {
        if (one.do === 'crash') store = reopened(store, id, path)
        else if (one.do === 'undo' || one.do === 'redo') walk(store, id, one, model)
        else act(store, id, one, model)
        check(store, id, model)
      }
      thereAndBack(store, id, model)
    }),
    { numRuns: 40 },
  )
  store.close()
})
afterAll(removeDatabases)

/** An import is cut short, the process ends, the next one sweeps. */
function reopened(store: Store, taskId: TaskId, path: string): Store {
  const { id } = store.requests.create('import-dataset', taskId, 'Import', {})
  store.annotations.beginBatch(taskId, id)
  store.close()
  const next = openStore(path)
  next.sweep()
  return next
}

/** To the very beginning and to the very end, every state on the way. */
function thereAndBack(store: Store, taskId: TaskId, model: Model): void {
  for (const direction of ['undo', 'redo'] as const) {
    const steps = direction === 'undo' ? model.at : model.states.length - 1
    for (let step = 0; step < steps; step += 1) {
      walk(store, taskId, { do: direction }, model)
      check(store, taskId, model)
    }
  }
}

function walk(store: Store, taskId: TaskId, one: Walk, model: Model): void {
  const to = model.at + (one.do === 'undo' ? -1 : 1)
  if (model.states[to] === undefined) {
    expect(() => store.annotations[one.do](taskId)).toThrow(/nothing to/)
    return
  }
  store.annotations[one.do](taskId)
  model.at = to
}

function act(store: Store, taskId: TaskId, one: Change, model: Model): void {
  if (!change(store, taskId, one)) return
  model.states = [...model.states.slice(0, model.at + 1), state(store, taskId)]
  model.at += 1
}

/** @returns false where there was nothing to change */
function change(store: Store, taskId: TaskId, one: Change): boolean {
  const hand = createHand(store, taskId, `${store.tasks.get(taskId).revision}`)
  if (one.do === 'import') {
    const { id } = store.requests.create('import-dataset', taskId, 'Import', {})
    const batch = store.annotations.beginBatch(taskId, id)
    batch.add(one.frames.map((at) => withoutId(hand.make({ frame: at }))))
    batch.commit(one.mode, 'x')
    return true
  }
  if (one.do === 'mark') return mark(store, taskId, hand, one)
  if (one.do === 'rewrite') return rewrite(store, taskId, one)
  if (one.do === 'draw') return Boolean(hand.draw({ frame: one.frame }))
  const shapes = snapshot(store, taskId) as Shape[]
  const shape = shapes[one.pick % shapes.length]
  if (!shape) return false
  if (one.do === 'move') hand.change(shape, { frame: one.frame })
  else hand.remove(shape)
  return true
}

function mark(
  store: Store,
  taskId: TaskId,
  hand: ReturnType<typeof createHand>,
  { frame, deleted, checked }: Extract<Change, { do: 'mark' }>,
): boolean {
  const { deleted: gone, checked: seen } = store.frames.marks(taskId)
  const before = { deleted: gone.includes(frame), checked: seen.includes(frame) }
  hand.apply([{ kind: 'frame', frame, before, after: { deleted, checked } }])
  return true
}

/** Every third pick is deleted, the others go to another frame; and one is new. */
function rewrite(store: Store, taskId: TaskId, one: Extract<Change, { do: 'rewrite' }>): boolean {
  const shapes = snapshot(store, taskId) as Shape[]
  const picked = new Set(one.picks.flatMap((pick) => shapes[pick % shapes.length] ?? []))
  const { revision } = store.tasks.get(taskId)
  const { id } = store.requests.create('bulk-edit', taskId, 'Rewrite', {})
  const work = store.annotations.beginRewrite(taskId, id, revision)
  const hand = createHand(store, taskId)
  for (const [at, before] of [...picked].entries()) {
    const after = { ...before, frame: one.frame }
    work.add([at % 3 === 2 ? { kind: 'delete', before } : { kind: 'update', before, after }])
  }
  work.add([{ kind: 'create', after: hand.make({ frame: one.frame }) }])
  work.commit({ key: 'convert', count: picked.size + 1 }, one.frame)
  return true
}

function check(store: Store, taskId: TaskId, model: Model): void {
  const annotations = snapshot(store, taskId)
  expect(state(store, taskId)).toBe(model.states[model.at])
  const { deleted, checked } = store.frames.marks(taskId)
  expect(store.tasks.get(taskId)).toMatchObject({
    objectCount: annotations.length,
    annotatedFrameCount: new Set(annotations.map((annotation) => annotation.frame)).size,
    deletedFrameCount: deleted.length,
    checkedFrameCount: checked.length,
  })
  const done = store.annotations.history(taskId, undefined, 500).filter((entry) => !entry.undone)
  expect(done).toHaveLength(model.at)
}
