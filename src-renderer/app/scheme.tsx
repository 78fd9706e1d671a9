import { useMantineColorScheme } from '@mantine/core'
import { useLayoutEffect } from 'react'
import { useSettings } from '#renderer/state/settings.ts'

/** Keeps Mantine's colour scheme equal to the setting, which the palette, the settings and another window may change. */
export function SchemeFromSettings() {
  const theme = useSettings((s) => s.theme)
  const { setColorScheme } = useMantineColorScheme()
  useLayoutEffect(() => setColorScheme(theme), [theme, setColorScheme])
  return null
}
