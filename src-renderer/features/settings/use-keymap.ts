import { useShallow } from 'zustand/react/shallow'
import type { Keymap } from '#renderer/state/keymap.ts'
import { setSettings, useSettings } from '#renderer/state/settings.ts'

/** The person's keys, kept true while they change. */
export function useKeymap(): Keymap {
  return useSettings(useShallow(({ keyPreset, keys }) => ({ keyPreset, keys })))
}

export function saveKeymap({ keyPreset, keys }: Keymap): void {
  const copies = Object.entries(keys).map(([id, list]) => [id, [...list]])
  setSettings({ keyPreset, keys: Object.fromEntries(copies) })
}
