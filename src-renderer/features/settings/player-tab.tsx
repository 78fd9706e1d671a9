import { NumberInput, Switch } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { setSettings, useSettings } from '#renderer/state/settings.ts'
import { SettingRow } from './setting-row.tsx'

export function PlayerTab() {
  const { t } = useTranslation('settings')
  const { playerStep, playerFps, autosave, keepViewport } = useSettings()
  return (
    <>
      <SettingRow label={t('playerStep')} hint={t('playerStepHint')}>
        {(id) => (
          <NumberInput
            id={id}
            w={90}
            min={2}
            max={10_000}
            value={playerStep}
            onChange={(value) =>
              inRange(value, 2, 10_000, (playerStep) => setSettings({ playerStep }))
            }
          />
        )}
      </SettingRow>
      <SettingRow label={t('playerFps')} hint={t('playerFpsHint')}>
        {(id) => (
          <NumberInput
            id={id}
            w={90}
            min={1}
            max={60}
            value={playerFps}
            onChange={(value) => inRange(value, 1, 60, (playerFps) => setSettings({ playerFps }))}
          />
        )}
      </SettingRow>
      <SettingRow label={t('keepViewport')} hint={t('keepViewportHint')}>
        {(id) => (
          <Switch
            id={id}
            checked={keepViewport}
            onChange={(e) => setSettings({ keepViewport: e.currentTarget.checked })}
          />
        )}
      </SettingRow>
      <SettingRow label={t('autosave')} hint={t('autosaveHint')}>
        {(id) => (
          <Switch
            id={id}
            checked={autosave}
            onChange={(e) => setSettings({ autosave: e.currentTarget.checked })}
          />
        )}
      </SettingRow>
    </>
  )
}

/** A number field says '' or half a number while it is being typed; only what is allowed is kept. */
function inRange(value: number | string, min: number, max: number, use: (value: number) => void) {
  if (typeof value === 'number' && value >= min && value <= max) use(value)
}
