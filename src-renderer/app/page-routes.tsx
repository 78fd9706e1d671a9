import { useParams } from 'wouter'
import { StartPage } from '#renderer/features/start/start-page.tsx'
import { TaskMenu } from '#renderer/features/tasks/task-menu.tsx'
import { projectIdSchema, taskIdSchema } from '#shared/domain/ids.ts'
import { lazyNamed } from './lazy.ts'
import { NotFoundPage } from './not-found-page.tsx'

// The start page is what opens; the others are fetched when they are first wanted.
const ProjectsPage = lazyNamed(
  () => import('#renderer/features/projects/projects-page.tsx'),
  'ProjectsPage',
)
const ProjectPage = lazyNamed(
  () => import('#renderer/features/projects/project-page.tsx'),
  'ProjectPage',
)
const TasksPage = lazyNamed(() => import('#renderer/features/tasks/tasks-page.tsx'), 'TasksPage')
const TaskPage = lazyNamed(() => import('#renderer/features/tasks/task-page.tsx'), 'TaskPage')
const TaskBrowser = lazyNamed(
  () => import('#renderer/features/tasks/task-browser.tsx'),
  'TaskBrowser',
)
const RequestsPage = lazyNamed(
  () => import('#renderer/features/requests/requests-page.tsx'),
  'RequestsPage',
)

const ModelsPage = lazyNamed(
  () => import('#renderer/features/models/models-page.tsx'),
  'ModelsPage',
)

/** Pages with the parts of other features they show: features never import each other, so they meet here. */
export function StartRoute() {
  return <StartPage taskMenu={(task) => <TaskMenu task={task} />} />
}

export function TasksRoute() {
  return <TasksPage />
}

export function TaskRoute() {
  const id = taskIdSchema.safeParse(Number(useParams<{ id: string }>().id))
  return id.success ? <TaskPage key={id.data} id={id.data} /> : <NotFoundPage />
}

export function ProjectsRoute() {
  return <ProjectsPage />
}

export function ProjectRoute() {
  const id = projectIdSchema.safeParse(Number(useParams<{ id: string }>().id))
  if (!id.success) return <NotFoundPage />
  return <ProjectPage key={id.data} id={id.data} tasks={<TaskBrowser projectId={id.data} />} />
}

export function ModelsRoute() {
  return <ModelsPage />
}

export function RequestsRoute() {
  return <RequestsPage />
}
