import { useSyncExternalStore } from 'react'
import { allActions, subscribeActions } from '#renderer/state/actions.ts'

/** Every registered action, as they come and go with the workspace. */
export function useActions() {
  return useSyncExternalStore(subscribeActions, allActions)
}
