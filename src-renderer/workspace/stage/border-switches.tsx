import { IconLink, IconMagnet } from '@tabler/icons-react'
import { useSettings } from '#renderer/state/settings.ts'
import { ActionButton } from '../parts/action-button.tsx'

/** How outlines go along with their neighbours; at hand while drawing. */
export function BorderSwitches() {
  const follows = useSettings((settings) => settings.automaticBordering)
  const shares = useSettings((settings) => settings.sharedBorders)
  return (
    <>
      <ActionButton action="modes.automatic-bordering" icon={IconMagnet} isOn={follows} {...look} />
      <ActionButton action="modes.shared-borders" icon={IconLink} isOn={shares} {...look} />
    </>
  )
}

const look = { size: 22, side: 'top' } as const
