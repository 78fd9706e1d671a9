import { ActionIcon, Tooltip, useComputedColorScheme } from '@mantine/core'
import { IconMoon, IconSun } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { setSettings } from '#renderer/state/settings.ts'

/** Light to dark and back; "as the system has it" is in the settings. */
export function SchemeButton() {
  const { t } = useTranslation('common')
  const scheme = useComputedColorScheme('light', { getInitialValueInEffect: false })
  const other = scheme === 'dark' ? 'light' : 'dark'
  const label = t(other === 'dark' ? 'useDark' : 'useLight')
  return (
    <Tooltip label={label}>
      <ActionIcon aria-label={label} onClick={() => setSettings({ theme: other })}>
        {scheme === 'dark' ? <IconSun size={16} /> : <IconMoon size={16} />}
      </ActionIcon>
    </Tooltip>
  )
}
