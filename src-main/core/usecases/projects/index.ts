import { rm } from 'node:fs/promises'
import { parseRawLabels } from '#shared/domain/parse-raw-labels.ts'
import { ownFolders } from '../../data-layout.ts'
import type { Deps, Usecases } from '../../usecase.ts'

export function projectUsecases(deps: Deps): Usecases['projects'] {
  const { store, events } = deps
  return {
    list: () => store.projects.list(),
    get: ({ id }) => store.projects.get(id),
    create: ({ name, labels, bugTracker }) => {
      const project = store.projects.create({ name, bugTracker, labels: parseRawLabels(labels) })
      events.publish({ type: 'project', id: project.id })
      return project
    },
    update: ({ id, name, bugTracker, labels }) => {
      const parsed = labels === undefined ? undefined : parseRawLabels(labels)
      if (parsed) store.labels.replace({ projectId: id }, parsed)
      const project = store.projects.update(id, {
        ...(name === undefined ? {} : { name }),
        ...(bugTracker === undefined ? {} : { bugTracker }),
      })
      events.publish({ type: 'project', id })
      return project
    },
    delete: async ({ id }) => {
      const tasks = store.tasks.list({ projectId: id })
      store.projects.delete(id)
      for (const task of tasks) events.publish({ type: 'task', id: task.id, task: null })
      events.publish({ type: 'project', id })
      const gone = { projectIds: [id], taskIds: tasks.map((task) => task.id) }
      for (const folder of ownFolders(deps.dataDir, gone))
        await rm(folder, { recursive: true, force: true })
      return { deleted: true }
    },
  }
}
