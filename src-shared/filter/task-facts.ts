import type { Job, Task } from '../domain/task.ts'
import type { Filter, Property } from './filter.ts'
import { compileFilter, type Fact } from './verdict.ts'

/** What a search looks at in a task. */
export interface SearchableTask {
  readonly task: Task
  /** '' outside of projects. */
  readonly projectName: string
  readonly stages: readonly Job['stage'][]
}

/** A search over tasks as a function; nothing asked finds everything. */
export function taskMatcher(filter: Filter | null): (task: SearchableTask) => boolean {
  if (!filter) return () => true
  const matches = compileFilter(filter, readerOf)
  return (task) => matches(task) === true
}

type Read = (searched: SearchableTask) => Fact

const readers: Readonly<Record<string, Read>> = {
  any: (searched) => everyText(searched),
  id: ({ task }) => task.id,
  name: ({ task }) => task.name,
  mode: ({ task }) => task.mode,
  status: (searched) => statusOf(searched),
  subset: ({ task }) => task.subset,
  project: ({ projectName }) => projectName,
  // People belong to a server; on this machine nobody owns a task, so asking for somebody finds nothing.
  owner: () => '',
  assignee: () => '',
  dimension: ({ task }) => task.dimension,
  frames: ({ task }) => task.size,
  objects: ({ task }) => task.objectCount,
  problems: ({ task }) => task.problemCount,
}

function readerOf(property: Property): Read {
  return ('field' in property ? readers[property.field] : undefined) ?? (() => null)
}

/** On lines of their own, so that a search does not find what begins in one text and ends in the next. */
function everyText(searched: SearchableTask): string {
  const { task, projectName } = searched
  const texts = [task.id, task.name, task.mode, statusOf(searched), task.subset, projectName]
  return texts.join('\n')
}

/** CVAT's status of a task: completed when every job is, validation when a job has come that far, else annotation. */
function statusOf({ task, stages }: SearchableTask): string {
  if (task.jobCount > 0 && task.completedJobCount === task.jobCount) return 'completed'
  return stages.some((stage) => stage !== 'annotation') ? 'validation' : 'annotation'
}
