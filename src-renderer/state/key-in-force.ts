import { allActions, keysOf } from './actions.ts'
import { presetKeys } from './keymap.ts'
import { useSettings } from './settings.ts'

/**
 * The first key of an action, also of one that is not registered now, for which its own key must be told; null when the
 * person took its keys away.
 */
export function keyInForce(id: string, ownKey: string): string | null {
  const action = allActions().find((candidate) => candidate.id === id)
  if (action) return keysOf(action)[0] ?? null
  const { keys, keyPreset } = useSettings.getState()
  return (keys[id] ?? presetKeys(keyPreset, { id, keys: [ownKey] }))[0] ?? null
}
