import { ColorInput, createTheme, MantineProvider, mergeThemeOverrides } from '@mantine/core'
import { type ReactNode, useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { cssVariablesResolver, theme } from '#renderer/ui/theme.ts'

/** Our theme, with names in the person's language for the buttons that Mantine draws by itself. */
export function Themed({ children }: { children: ReactNode }) {
  const { t } = useTranslation('common')
  const names = useMemo(
    () =>
      createTheme({
        components: {
          CloseButton: { defaultProps: { 'aria-label': t('close') } },
          ColorInput: ColorInput.extend({
            defaultProps: { eyeDropperButtonProps: { 'aria-label': t('pickFromScreen') } },
          }),
        },
      }),
    [t],
  )
  const named = useMemo(() => mergeThemeOverrides(theme, names), [names])
  return (
    <MantineProvider
      theme={named}
      cssVariablesResolver={cssVariablesResolver}
      defaultColorScheme="auto"
    >
      {children}
    </MantineProvider>
  )
}
