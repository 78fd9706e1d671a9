import { contextsMeet } from './action-contexts.ts'
import { bindingText, type Keyed, parseBinding, sameBinding } from './hotkeys.ts'
import { keyPresets } from './key-presets/index.ts'
import type { KeyPresetId } from './key-presets/preset.ts'

/** The person's keys: a preset, and what they changed on top of it. The changes survive a change of preset. */
export interface Keymap {
  readonly keyPreset: KeyPresetId
  /** Keys by action id; [] = none. */
  readonly keys: Readonly<Record<string, readonly string[]>>
}

/** An action with its own keys, as it was registered. */
export type KeyedAction = Keyed

/** The keys of an action without the person's changes. */
export function presetKeys(preset: KeyPresetId, action: Pick<Keyed, 'id' | 'keys'>) {
  return keyPresets[preset].keys[action.id] ?? action.keys
}

/** The keys of an action in force. */
export function keysIn(map: Keymap, action: Pick<Keyed, 'id' | 'keys'>): readonly string[] {
  return map.keys[action.id] ?? presetKeys(map.keyPreset, action)
}

/** True when the person changed this action's keys. */
export function hasOwnKeys(map: Keymap, id: string): boolean {
  return map.keys[id] !== undefined
}

/** Give an action exactly these keys. Those of its preset are no change and are not kept as one. */
export function withKeys(map: Keymap, action: KeyedAction, keys: readonly string[]): Keymap {
  const tidy = keys.map((key) => bindingText(parseBinding(key)))
  const { [action.id]: _before, ...others } = map.keys
  const isPreset = sameKeys(tidy, presetKeys(map.keyPreset, action))
  return { ...map, keys: isPreset ? others : { ...others, [action.id]: tidy } }
}

export function withKey(map: Keymap, action: KeyedAction, key: string): Keymap {
  const binding = parseBinding(key)
  const kept = keysIn(map, action).filter((one) => !sameBinding(parseBinding(one), binding))
  return withKeys(map, action, [...kept, key])
}

export function withoutKey(map: Keymap, action: KeyedAction, key: string): Keymap {
  const binding = parseBinding(key)
  const kept = keysIn(map, action).filter((one) => !sameBinding(parseBinding(one), binding))
  return withKeys(map, action, kept)
}

/** Take a key away from all who dispute it, and give it to `action`. */
export function moveKey(
  map: Keymap,
  action: KeyedAction,
  key: string,
  actions: readonly KeyedAction[],
): Keymap {
  const losers = holdersOf(map, action, key, actions)
  return withKey(
    losers.reduce((now, loser) => withoutKey(now, loser, key), map),
    action,
    key,
  )
}

/** The actions, other than `action`, that the same press would mean where `action` works. */
export function holdersOf(
  map: Keymap,
  action: KeyedAction,
  key: string,
  actions: readonly KeyedAction[],
): readonly KeyedAction[] {
  const binding = parseBinding(key)
  return actions.filter(
    (other) =>
      other.id !== action.id &&
      contextsMeet(other, action) &&
      keysIn(map, other).some((one) => sameBinding(parseBinding(one), binding)),
  )
}

export interface KeyConflict {
  readonly key: string
  readonly ids: readonly string[]
}

/**
 * Keys that more than one action claims, each once, e.g. after a preset was changed under own keys. A press is then
 * given to the action registered first.
 */
export function conflictsIn(map: Keymap, actions: readonly KeyedAction[]): KeyConflict[] {
  const holders = new Map<string, KeyedAction[]>()
  for (const action of actions)
    for (const key of keysIn(map, action)) {
      const text = bindingText(parseBinding(key))
      const known = holders.get(text)
      if (!known) holders.set(text, [action])
      else if (!known.includes(action)) known.push(action)
    }
  return [...holders].flatMap(([key, claimants]) => {
    const disputing = claimants.filter((one) =>
      claimants.some((other) => other !== one && contextsMeet(one, other)),
    )
    return disputing.length > 1 ? [{ key, ids: disputing.map(({ id }) => id) }] : []
  })
}

function sameKeys(a: readonly string[], b: readonly string[]): boolean {
  const text = (keys: readonly string[]) =>
    keys.map((key) => bindingText(parseBinding(key))).join(' ')
  return text(a) === text(b)
}
