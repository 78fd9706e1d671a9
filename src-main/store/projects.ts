import type { ProjectId } from '#shared/domain/ids.ts'
import type { Project } from '#shared/domain/task.ts'
import { AppError } from '#shared/errors/app-error.ts'
import type { ProjectRepository } from '../core/ports.ts'
import type { Handle } from './connection.ts'
import { readLabels } from './label-table.ts'
import { replaceLabels } from './labels.ts'

interface ProjectRow {
  readonly id: number
  readonly name: string
  readonly bug_tracker: string
  readonly created_date: string
  readonly updated_date: string
  readonly task_count: number
}

const SELECT = `SELECT project.*, (SELECT count(*) FROM task WHERE project_id = project.id AND deleted = 0) AS task_count
  FROM project WHERE deleted = 0`

export function createProjects(handle: Handle, onGarbage: () => void): ProjectRepository {
  const { sql, write, now } = handle
  const parse = (row: ProjectRow): Project => ({
    id: row.id as ProjectId,
    name: row.name,
    bugTracker: row.bug_tracker,
    labels: readLabels(handle, { projectId: row.id as ProjectId }),
    taskCount: row.task_count,
    createdAt: row.created_date,
    updatedAt: row.updated_date,
  })
  const row = (id: ProjectId): ProjectRow => {
    const found = sql<ProjectRow>(`${SELECT} AND id = ?`).get(id)
    if (!found) throw new AppError('NOT_FOUND', { what: 'project', id })
    return found
  }
  const get = (id: ProjectId): Project => parse(row(id))
  return {
    list: () => sql<ProjectRow>(`${SELECT} ORDER BY id`).all().map(parse),
    get,
    create: (input) => write(() => get(insertProject(handle, input))),
    update: (id, change) =>
      write(() => {
        const { name, bug_tracker } = row(id)
        sql('UPDATE project SET name = ?, bug_tracker = ?, updated_date = ? WHERE id = ?').run(
          change.name ?? name,
          change.bugTracker ?? bug_tracker,
          now(),
          id,
        )
        return get(id)
      }),
    delete(id) {
      write(() => {
        row(id)
        sql('UPDATE project SET deleted = 1 WHERE id = ?').run(id)
        sql('UPDATE task SET deleted = 1 WHERE project_id = ?').run(id)
      })
      onGarbage()
    },
  }
}

export function insertProject(
  handle: Handle,
  { name, bugTracker, labels }: Parameters<ProjectRepository['create']>[0],
): ProjectId {
  const date = handle.now()
  const { lastInsertRowid } = handle
    .sql('INSERT INTO project (name, bug_tracker, created_date, updated_date) VALUES (?, ?, ?, ?)')
    .run(name, bugTracker, date, date)
  const id = Number(lastInsertRowid) as ProjectId
  replaceLabels(handle, { projectId: id }, labels)
  return id
}
