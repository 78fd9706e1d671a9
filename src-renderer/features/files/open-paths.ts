import { navigate } from 'wouter/use-browser-location'
import { client } from '#renderer/state/client.ts'
import { problemOf } from '#renderer/state/problems.ts'
import { notifyProblem } from '#renderer/ui/notify.tsx'

/**
 * Open media as people mean it: the task of these paths, made when there is none, and the workspace on it at once. The
 * scan goes on behind the first picture.
 */
export async function openPaths(paths: readonly string[]): Promise<void> {
  try {
    const { task } = await client.tasks.open({ paths: [...paths] })
    navigate(`/tasks/${task.id}/annotate`)
  } catch (error) {
    notifyProblem(problemOf(error))
  }
}

/** The sample that ships, made once. */
export async function openSample(): Promise<void> {
  try {
    const { taskId } = await client.app.demo()
    navigate(`/tasks/${taskId}/annotate`)
  } catch (error) {
    notifyProblem(problemOf(error))
  }
}
