import i18next from 'i18next'
import { useSyncExternalStore } from 'react'
import { allActions, keysOf, subscribeActions } from '#renderer/state/actions.ts'
import { useSettings } from '#renderer/state/settings.ts'

/** An action's name; ids are keys of the locale files `actions` (ours) and `common` (the app's). */
export function actionTitle(id: string): string {
  const keys = [`actions:${id}`, `common:action.${id}`]
  const found = keys.find((key) => i18next.exists(key))
  // The keys are made from ids at run time, which the typed `t` cannot know.
  return found ? (i18next.t as (key: string) => string)(found) : id
}

/** The keys in force for an action, kept true while actions register and settings change. */
export function useKeys(id: string): readonly string[] {
  const actions = useSyncExternalStore(subscribeActions, allActions)
  useSettings((settings) => settings.keys[id])
  const action = actions.find((candidate) => candidate.id === id)
  return action ? keysOf(action) : []
}
