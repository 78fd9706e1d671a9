import { ColorInput, NumberInput, Slider, Switch } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { type Settings, setSettings, useSettings } from '#renderer/state/settings.ts'
import { Segmented } from '#renderer/ui/segmented.tsx'
import { SettingHeading, SettingRow } from './setting-row.tsx'

type Appearance = Settings['appearance']

function setAppearance(change: Partial<Appearance>): void {
  setSettings({ appearance: { ...useSettings.getState().appearance, ...change } })
}

function setGrid(change: Partial<Settings['grid']>): void {
  setSettings({ grid: { ...useSettings.getState().grid, ...change } })
}

export function AppearanceTab() {
  const { t } = useTranslation('settings')
  return (
    <>
      <ThemeRow />
      <SettingHeading>{t('shapes')}</SettingHeading>
      <ShapeRows />
      <SettingHeading>{t('image')}</SettingHeading>
      <ImageRows />
    </>
  )
}

function ThemeRow() {
  const { t } = useTranslation('settings')
  const theme = useSettings((s) => s.theme)
  return (
    <SettingRow label={t('theme')}>
      {() => (
        <Segmented
          label={t('theme')}
          value={theme}
          onChange={(theme) => setSettings({ theme })}
          data={[
            { value: 'auto', label: t('themeAuto') },
            { value: 'light', label: t('themeLight') },
            { value: 'dark', label: t('themeDark') },
          ]}
        />
      )}
    </SettingRow>
  )
}

function ShapeRows() {
  const { t } = useTranslation('settings')
  const colorBy = useSettings((s) => s.colorBy)
  const look = useSettings((s) => s.appearance)
  return (
    <>
      <SettingRow label={t('colorBy')}>
        {() => (
          <Segmented
            label={t('colorBy')}
            value={colorBy}
            onChange={(colorBy) => setSettings({ colorBy })}
            data={[
              { value: 'label', label: t('colorByLabel') },
              { value: 'instance', label: t('colorByInstance') },
              { value: 'group', label: t('colorByGroup') },
            ]}
          />
        )}
      </SettingRow>
      <ShareRow
        label={t('opacity')}
        hint={t('opacityHint')}
        value={look.opacity}
        onChange={(opacity) => setAppearance({ opacity })}
      />
      <ShareRow
        label={t('selectedOpacity')}
        value={look.selectedOpacity}
        onChange={(selectedOpacity) => setAppearance({ selectedOpacity })}
      />
      <SettingRow label={t('outlined')} hint={t('outlinedHint')}>
        {(id) => (
          <Switch
            id={id}
            checked={look.outlined}
            onChange={(e) => setAppearance({ outlined: e.currentTarget.checked })}
          />
        )}
      </SettingRow>
      {look.outlined && (
        <SettingRow label={t('outlineColor')}>
          {(id) => (
            <ColorInput
              id={id}
              size="xs"
              w={120}
              value={look.outlineColor}
              onChange={(outlineColor) => setAppearance({ outlineColor })}
            />
          )}
        </SettingRow>
      )}
      <SettingRow label={t('showText')}>
        {() => (
          <Segmented
            label={t('showText')}
            value={look.showText}
            onChange={(showText) => setAppearance({ showText })}
            data={[
              { value: 'always', label: t('showTextAlways') },
              { value: 'selected', label: t('showTextSelected') },
              { value: 'never', label: t('showTextNever') },
            ]}
          />
        )}
      </SettingRow>
    </>
  )
}

function ImageRows() {
  const { t } = useTranslation('settings')
  const smooth = useSettings((s) => s.appearance.smoothImage)
  const grid = useSettings((s) => s.grid)
  return (
    <>
      <SettingRow label={t('smoothImage')} hint={t('smoothImageHint')}>
        {(id) => (
          <Switch
            id={id}
            checked={smooth}
            onChange={(e) => setAppearance({ smoothImage: e.currentTarget.checked })}
          />
        )}
      </SettingRow>
      <SettingRow label={t('gridVisible')}>
        {(id) => (
          <Switch
            id={id}
            checked={grid.visible}
            onChange={(e) => setGrid({ visible: e.currentTarget.checked })}
          />
        )}
      </SettingRow>
      <SettingRow label={t('gridSize')}>
        {(id) => (
          <NumberInput
            id={id}
            w={90}
            min={2}
            max={1000}
            value={grid.size}
            onChange={(value) =>
              typeof value === 'number' && value >= 2 && setGrid({ size: value })
            }
          />
        )}
      </SettingRow>
      <SettingRow label={t('gridColor')}>
        {(id) => (
          <ColorInput
            id={id}
            size="xs"
            w={120}
            value={grid.color}
            onChange={(color) => setGrid({ color })}
          />
        )}
      </SettingRow>
      <ShareRow
        label={t('gridOpacity')}
        value={grid.opacity}
        onChange={(opacity) => setGrid({ opacity })}
      />
    </>
  )
}

interface ShareProps {
  readonly label: string
  readonly hint?: string
  /** 0 … 1 */
  readonly value: number
  readonly onChange: (value: number) => void
}

function ShareRow({ label, hint, value, onChange }: ShareProps) {
  return (
    <SettingRow label={label} {...(hint !== undefined && { hint })}>
      {() => (
        <Slider
          w={180}
          size="sm"
          thumbLabel={label}
          label={(percent) => `${percent}%`}
          value={Math.round(value * 100)}
          onChange={(percent) => onChange(percent / 100)}
        />
      )}
    </SettingRow>
  )
}
