import { navigate } from 'wouter/use-browser-location'
import { runAction } from '#renderer/state/actions.ts'
import type { AiSettings } from '#renderer/state/ai-settings.ts'
import { setAi } from '#renderer/state/known-functions.ts'
import type { FunctionInfo } from '#shared/domain/function.ts'
import { taskOnScreen } from './task-on-screen.ts'

const choices: Readonly<
  Record<Exclude<FunctionInfo['kind'], 'reid'>, (id: string) => Partial<AiSettings>>
> = {
  detector: (detector) => ({ detector, tab: 'detectors' }),
  interactor: (interactor) => ({ interactor, tab: 'interactors' }),
  tracker: (tracker) => ({ tracker, tab: 'trackers' }),
}

/** Whether one can begin with it on the picture: what links boxes works on whole tasks. */
export const isForPictures = (kind: FunctionInfo['kind']): kind is keyof typeof choices =>
  kind !== 'reid'

/** It is what the AI tools are set to; on an open picture, their card, or the pointer that it waits for. */
export function beginWith({ id, kind }: Pick<FunctionInfo, 'id' | 'kind'>): void {
  if (!isForPictures(kind)) return
  setAi(choices[kind](id))
  const task = taskOnScreen(window.location.pathname)
  if (task?.isOpen) runAction(kind === 'interactor' ? 'modes.interact' : 'modes.ai-card')
  else if (task) navigate(`/tasks/${task.id}/annotate`)
}
