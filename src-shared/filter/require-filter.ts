import { AppError } from '../errors/app-error.ts'
import type { Filter } from './filter.ts'
import { parseFilter } from './parser.ts'
import { describeProblem } from './problem.ts'

/**
 * The filter of a text that must hold one: what came from the command line or through a door.
 * @throws AppError FILTER_INVALID naming the column
 */
export function requireFilter(text: string): Filter {
  const parsed = parseFilter(text)
  if (!parsed.ok) {
    const { problem } = parsed
    throw new AppError('FILTER_INVALID', {
      column: problem.column,
      problem: describeProblem(problem),
    })
  }
  if (parsed.filter === null)
    throw new AppError('FILTER_INVALID', { column: 1, problem: 'it is empty' })
  return parsed.filter
}
