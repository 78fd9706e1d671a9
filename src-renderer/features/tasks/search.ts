import type { Task } from '#shared/domain/task.ts'

/** What a search can ask of one field; `any` looks in all of them. */
export const searchFields = [
  'id',
  'name',
  'mode',
  'status',
  'subset',
  'project',
  'owner',
  'assignee',
] as const
export type SearchField = (typeof searchFields)[number]

export interface SearchTerm {
  readonly field: SearchField | 'any'
  /** Lower case, trimmed, never empty. */
  readonly value: string
}

/** The facts of a task that a search looks at. */
export interface Searchable {
  readonly task: Task
  readonly projectName: string
}

/**
 * The manual's search: `name: training AND mode: annotation`, free text looks in all fields, case does not matter.
 * `field:` with a word that is no field is free text, since file names hold colons; an unfinished `mode:` asks nothing.
 */
export function parseSearch(text: string): SearchTerm[] {
  // Quotes hold an `and` together: only one with an even number of quotes after it divides.
  return text
    .split(/(?:^|\s+)and(?:\s+|$)(?=(?:[^"]*"[^"]*")*[^"]*$)/i)
    .map(parseTerm)
    .filter((term) => term.value !== '')
}

function parseTerm(text: string): SearchTerm {
  const [, name, value] = /^\s*(\w+)\s*:(.*)$/s.exec(text) ?? []
  const field = searchFields.find((known) => known === name?.toLowerCase())
  if (field) return { field, value: unquote(value ?? '') }
  return { field: 'any', value: unquote(text) }
}

function unquote(text: string): string {
  const trimmed = text.trim()
  return (/^"(.*)"$/s.exec(trimmed)?.[1] ?? trimmed).toLowerCase()
}

/** True when every term holds. Nothing asked finds everything. */
export function matchesSearch(terms: readonly SearchTerm[], item: Searchable): boolean {
  const facts = factsOf(item)
  return terms.every(({ field, value }) => {
    if (field === 'any') return Object.values(facts).some((fact) => fact.includes(value))
    if (field === 'id') return facts.id === value.replace(/^#/, '')
    return facts[field].includes(value)
  })
}

function factsOf({ task, projectName }: Searchable): Record<SearchField, string> {
  return {
    id: String(task.id),
    name: task.name.toLowerCase(),
    mode: task.mode,
    status: statusOf(task),
    subset: task.subset.toLowerCase(),
    project: projectName.toLowerCase(),
    // People belong to a server; on this machine nobody owns a task, so asking for somebody finds nothing.
    owner: '',
    assignee: '',
  }
}

/** The manual's task status, as far as the list tells: completed when every job is. */
export function statusOf(task: Pick<Task, 'jobCount' | 'completedJobCount'>): string {
  const done = task.jobCount > 0 && task.completedJobCount === task.jobCount
  return done ? 'completed' : 'annotation'
}
