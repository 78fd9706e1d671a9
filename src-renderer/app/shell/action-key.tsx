import { keyCaps } from '#renderer/state/hotkeys.ts'
import { keyInForce } from '#renderer/state/key-in-force.ts'
import { useSettings } from '#renderer/state/settings.ts'
import { Keys } from '#renderer/ui/keys.tsx'

/** The key of an action, kept true while the person changes keys. */
export function ActionKey({ id, own }: { id: string; own: string }) {
  useSettings((s) => s.keys[id])
  useSettings((s) => s.keyPreset)
  const key = keyInForce(id, own)
  return key && <Keys caps={keyCaps(key)} />
}
