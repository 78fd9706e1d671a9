import { addLabel } from '#renderer/state/add-label.ts'
import { problemOf } from '#renderer/state/problems.ts'
import { notifyProblem } from '#renderer/ui/notify.tsx'
import type { FunctionLabel } from '#shared/domain/function.ts'
import { type Bench, taskChanged } from '../bench/bench.ts'

/** Labels of any type, by name; skeletons have to be built. @returns names of those that are there now */
export async function createLabels(
  bench: Bench,
  missing: readonly FunctionLabel[],
): Promise<string[]> {
  const made: string[] = []
  try {
    for (const { name, type } of missing) {
      if (type === 'skeleton') continue
      const { task, labels } = bench.ui.getState()
      if (!labels.some((label) => label.name === name)) {
        const fresh = await addLabel(task, name)
        taskChanged(bench, fresh, fresh.labels)
      }
      made.push(name)
    }
  } catch (error) {
    notifyProblem(problemOf(error))
  }
  return made
}
