import i18next from 'i18next'
import type { Action } from '#renderer/state/actions.ts'

/**
 * An action's name for menus, palette and key sheet. The workspace's own are in the locale file `actions`, the app's in
 * `common` under `action`; an id is the key, so a new action needs no list here.
 */
export function actionTitle(id: string): string {
  const keys = [`actions:${id}.title`, `actions:${id}`, `common:action.${id}`]
  const found = keys.find((key) => i18next.exists(key))
  // The keys are made from ids at run time, which the typed `t` cannot know.
  return found ? (i18next.t as (key: string) => string)(found) : id
}

export function groupTitle(group: Action['group']): string {
  return i18next.t(`common:group-${group}`)
}
