import { KeysTab } from '#renderer/features/settings/keys-tab.tsx'
import { SettingsDialog } from '#renderer/features/settings/settings-dialog.tsx'
import type { SettingsTab } from '#renderer/state/dialogs.ts'
import { useEveryAction } from '../use-every-action.ts'

interface Props {
  readonly tab: SettingsTab
  readonly close: () => void
}

/** The settings, with the keys of the whole app. */
export function Settings(props: Props) {
  const actions = useEveryAction()
  return <SettingsDialog {...props} keys={<KeysTab actions={actions} />} />
}
