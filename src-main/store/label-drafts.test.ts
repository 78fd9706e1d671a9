import { afterAll, beforeEach, expect, test } from 'vitest'
import type { RawLabel } from '#shared/domain/raw-label.ts'
import type { Store } from '../core/ports.ts'
import { connect } from './connection.ts'
import { newDatabasePath, newTask, removeDatabases } from './fixture.ts'
import { openStore } from './index.ts'

afterAll(removeDatabases)

let path = ''
let store: Store
beforeEach(() => {
  path = newDatabasePath()
  store = openStore(path)
  return () => store.close()
})

const joint: RawLabel = { name: 'head', type: 'points', attributes: [] }
const body: RawLabel = {
  name: 'body',
  type: 'skeleton',
  svg: '',
  attributes: [],
  sublabels: [joint],
}
const make = {
  name: 'make',
  mutable: false,
  input_type: 'text' as const,
  values: [],
  default_value: '',
}

function rows(): { labels: number; attributes: number } {
  const db = connect(path, { readonly: true })
  try {
    const count = (table: string) =>
      (db.prepare(`SELECT count(*) AS n FROM ${table}`).get() as { n: number }).n
    return { labels: count('label'), attributes: count('attribute') }
  } finally {
    db.close()
  }
}

/** A task with the label `car`, and a draft: two labels, one of them a skeleton, and an attribute of `car`. */
function drafted() {
  const { id: taskId } = store.tasks.create(
    newTask({ labels: [{ name: 'car', type: 'any', attributes: [] }] }),
  )
  const [car] = store.labels.ofTask(taskId)
  if (!car) throw new Error('the task has no label')
  const known: RawLabel = { name: 'car', id: car.id, type: 'any', attributes: [make] }
  const bike: RawLabel = { name: 'bike', type: 'any', attributes: [make] }
  return { taskId, draft: store.labels.draft({ taskId }, [known, bike, body]) }
}

const names = (taskId: Parameters<Store['labels']['ofTask']>[0]) =>
  store.labels.ofTask(taskId).map(({ name, attributes }) => `${name} ${attributes.length}`)

test('nobody sees a draft before it is published', () => {
  const { taskId, draft } = drafted()
  expect(names(taskId)).toEqual(['car 0'])
  store.together(() => store.labels.publishDraft(draft))
  expect(names(taskId)).toEqual(['car 1', 'bike 1', 'body 0'])
})

test('one that is dropped leaves no row', () => {
  const { draft } = drafted()
  store.labels.dropDraft(draft)
  expect(rows()).toEqual({ labels: 1, attributes: 0 })
})

test('of one that a crash ended, the next start leaves no row, and what a person removed stays removed', () => {
  const { taskId } = drafted()
  store.labels.replace({ taskId }, [{ name: 'van', type: 'any', attributes: [] }])
  store.close()
  store = openStore(path)
  expect(rows().labels).toBe(5)
  store.sweep()
  expect(rows()).toEqual({ labels: 2, attributes: 0 })
  expect(names(taskId)).toEqual(['van 0'])
})
