import type { ProjectId, TaskId } from '#shared/domain/ids.ts'
import type { ArrivalRepository, Arrived } from '../core/ports.ts'
import type { Handle } from './connection.ts'
import { replaceLabels } from './labels.ts'
import { insertProject } from './projects.ts'
import { ARRIVING } from './task-row.ts'
import { insertTask } from './tasks.ts'

/** See the port. Whoever asks for `deleted = 0` does not see them, which is everybody but `taskRow`. */
export function createArrivals(handle: Handle, onGarbage: () => void): ArrivalRepository {
  const { sql, write, now } = handle
  const mark = ({ projectIds, taskIds }: Arrived, deleted: number) => {
    for (const id of projectIds)
      sql('UPDATE project SET deleted = ?, updated_date = ? WHERE id = ?').run(deleted, now(), id)
    for (const id of taskIds)
      sql('UPDATE task SET deleted = ?, updated_date = ? WHERE id = ?').run(deleted, now(), id)
  }
  const ids = (table: 'project' | 'task') =>
    sql<{ id: number }>(`SELECT id FROM ${table} WHERE deleted = ${ARRIVING} ORDER BY id`)
      .all()
      .map(({ id }) => id)
  const isGone = (table: 'project' | 'task', id: number) => {
    const given = sql<{ seq: number }>('SELECT seq FROM sqlite_sequence WHERE name = ?').get(table)
    if (id > (given?.seq ?? 0)) return false
    return !sql(`SELECT 1 FROM ${table} WHERE id = ? AND deleted <> 1`).get(id)
  }
  return {
    createProject: (input) =>
      write(() => {
        const id = insertProject(handle, input)
        mark({ projectIds: [id], taskIds: [] }, ARRIVING)
        return id
      }),
    createTask: (input, mediaPaths) =>
      write(() => {
        const id = insertTask(handle, input)
        if (mediaPaths)
          sql('UPDATE task SET media_paths = ? WHERE id = ?').run(
            JSON.stringify(mediaPaths(id)),
            id,
          )
        if (input.projectId === null) replaceLabels(handle, { taskId: id }, input.labels)
        mark({ projectIds: [], taskIds: [id] }, ARRIVING)
        return id
      }),
    show: (arrived, requestId, result) =>
      write(() => {
        mark(arrived, 0)
        sql('UPDATE request SET result = ? WHERE id = ?').run(JSON.stringify(result), requestId)
      }),
    drop(arrived) {
      write(() => mark(arrived, 1))
      onGarbage()
    },
    gone: ({ projectIds, taskIds }) => ({
      projectIds: projectIds.filter((id) => isGone('project', id)),
      taskIds: taskIds.filter((id) => isGone('task', id)),
    }),
    left: () => ({ projectIds: ids('project') as ProjectId[], taskIds: ids('task') as TaskId[] }),
  }
}
