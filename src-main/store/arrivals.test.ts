import { afterAll, beforeEach, expect, test } from 'vitest'
import type { RequestId } from '#shared/domain/ids.ts'
import type { Store } from '../core/ports.ts'
import { LABELS, newDatabasePath, newTask, rectangle, removeDatabases, scanned } from './fixture.ts'
import { openStore } from './index.ts'

afterAll(removeDatabases)

let path = ''
let store: Store
beforeEach(() => {
  path = newDatabasePath()
  store = openStore(path)
  return () => store.close()
})

const restoring = () => store.requests.create('restore', null, 'Restore', {}).id

/** A project with a task that has frames, marks, jobs and an annotation. */
function arrive(requestId: RequestId) {
  const projectId = store.arrivals.createProject({ name: 'p', bugTracker: 'b', labels: LABELS })
  const taskId = store.arrivals.createTask(newTask({ projectId, labels: [], segmentSize: 4 }))
  store.frames.setAll(taskId, [{ kind: 'folder', path: '/media' }], scanned(10), 10)
  store.frames.setMarks(taskId, { deleted: [1, 99], checked: [1, 2] })
  store.jobs.setAll(taskId, [
    { startFrame: 0, stopFrame: 6, stage: 'acceptance', state: 'completed' },
    { startFrame: 5, stopFrame: 9, stage: 'validation', state: 'rejected' },
  ])
  const labelId = store.labels.ofTask(taskId)[0]?.id
  if (!labelId) throw new Error('the task sees no label')
  const batch = store.annotations.beginBatch(taskId, requestId)
  batch.add([rectangle({ labelId })])
  batch.settle()
  return { projectIds: [projectId], taskIds: [taskId] }
}

test('what is on its way in is seen by nobody', () => {
  const { projectIds, taskIds } = arrive(restoring())
  expect(store.tasks.list()).toEqual([])
  expect(store.projects.list()).toEqual([])
  for (const id of taskIds) expect(() => store.tasks.get(id)).toThrow(`There is no task ${id}`)
  for (const id of projectIds) expect(() => store.projects.get(id)).toThrow()
})

test('shown, all of it is there, and the request knows it', () => {
  const requestId = restoring()
  const arrived = arrive(requestId)
  store.arrivals.show(arrived, requestId, { tasks: 1 })
  const [task] = store.tasks.list()
  expect(task).toMatchObject({ size: 10, objectCount: 1, deletedFrameCount: 1, jobCount: 2 })
  expect(store.projects.list()).toMatchObject([{ name: 'p', bugTracker: 'b', taskCount: 1 }])
  if (!task) throw new Error('no task')
  expect(store.frames.marks(task.id)).toEqual({ deleted: [1], checked: [1, 2] })
  expect(store.jobs.ofTask(task.id)).toMatchObject([
    { startFrame: 0, stopFrame: 6, stage: 'acceptance', state: 'completed' },
    { startFrame: 5, stopFrame: 9, stage: 'validation', state: 'rejected' },
  ])
  expect(store.annotations.ids(task.id)).toHaveLength(1)
  expect(store.annotations.history(task.id, undefined, 10)).toEqual([])
  expect(() => store.annotations.undo(task.id)).toThrow()
  expect(store.requests.get(requestId).result).toEqual({ tasks: 1 })
  expect(store.arrivals.left()).toEqual({ projectIds: [], taskIds: [] })
})

test('what a crash leaves is known at the next start, and dropped for good', () => {
  const arrived = arrive(restoring())
  store.close()
  store = openStore(path)
  expect(store.arrivals.left()).toEqual(arrived)
  store.arrivals.drop(arrived)
  expect(store.arrivals.left()).toEqual({ projectIds: [], taskIds: [] })
  expect(store.tasks.list()).toEqual([])
})

test('what was deleted is gone; what is here, on its way in, or has no number yet is not', () => {
  const arriving = arrive(restoring())
  const { id: here } = store.tasks.create(newTask())
  const { id: deleted } = store.tasks.create(newTask())
  const { id: project } = store.projects.create({ name: 'p', bugTracker: '', labels: [] })
  store.tasks.delete(deleted)
  store.projects.delete(project)
  const taskIds = [...arriving.taskIds, here, deleted, 99 as typeof here]
  const projectIds = [...arriving.projectIds, project, 99 as typeof project]
  expect(store.arrivals.gone({ taskIds, projectIds })).toEqual({
    taskIds: [deleted],
    projectIds: [project],
  })
})

test('ids of live annotations come in the order they were made', () => {
  const requestId = restoring()
  const arrived = arrive(requestId)
  const [taskId] = arrived.taskIds
  if (!taskId) throw new Error('no task')
  const labelId = store.labels.ofTask(taskId)[0]?.id
  if (!labelId) throw new Error('no label')
  const batch = store.annotations.beginBatch(taskId, restoring())
  batch.add([rectangle({ labelId, frame: 9 }), rectangle({ labelId, frame: 2 })])
  batch.commit('add', 'test')
  const ids = store.annotations.ids(taskId)
  expect(ids).toEqual([...ids].sort((a, b) => a - b))
  expect(store.annotations.byIds(taskId, ids).map(({ frame }) => frame)).toEqual([0, 9, 2])
})

test('a snapshot stays as it was while another connection writes', async () => {
  const requestId = restoring()
  const arrived = arrive(requestId)
  store.arrivals.show(arrived, requestId, null)
  const other = openStore(path, { migrate: false })
  await other.inOneSnapshot(async () => {
    const [before] = other.tasks.list()
    if (before) store.tasks.update(before.id, { name: 'renamed meanwhile' })
    expect(other.tasks.list()[0]?.name).toBe('street')
  })
  expect(other.tasks.list()[0]?.name).toBe('renamed meanwhile')
  other.close()
})
