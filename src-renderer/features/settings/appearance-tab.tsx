import { ColorInput, Select } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { languageNames, languages } from '#renderer/state/languages.ts'
import { type Settings, setSettings, useSettings } from '#renderer/state/settings.ts'
import { PaletteRow } from './palette-row.tsx'
import { ChoiceRow, NumberRow, ShareRow, SwitchRow } from './rows.tsx'
import { SettingHeading, SettingRow } from './setting-row.tsx'

type Appearance = Settings['appearance']

function setAppearance(change: Partial<Appearance>): void {
  setSettings({ appearance: { ...useSettings.getState().appearance, ...change } })
}

function setGrid(change: Partial<Settings['grid']>): void {
  setSettings({ grid: { ...useSettings.getState().grid, ...change } })
}

/** How everything looks: language, light or dark, colours of shapes, the picture. */
export function AppearanceTab() {
  const { t } = useTranslation('settings')
  return (
    <>
      <LanguageRow />
      <ThemeRow />
      <SettingHeading>{t('shapes')}</SettingHeading>
      <ShapeRows />
      <SettingHeading>{t('image')}</SettingHeading>
      <ImageRows />
    </>
  )
}

function LanguageRow() {
  const { t } = useTranslation('settings')
  const language = useSettings((s) => s.language)
  const known = languages.map((value) => ({ value, label: languageNames[value] }))
  return (
    <SettingRow label={t('language')} hint={t('languageHint')}>
      {(id) => (
        <Select
          id={id}
          w={180}
          allowDeselect={false}
          value={language}
          data={[{ value: 'auto', label: t('languageAuto') }, ...known]}
          onChange={(value) => value && setSettings({ language: value as Settings['language'] })}
        />
      )}
    </SettingRow>
  )
}

function ThemeRow() {
  const { t } = useTranslation('settings')
  return (
    <ChoiceRow
      label={t('theme')}
      value={useSettings((s) => s.theme)}
      onChange={(theme) => setSettings({ theme })}
      data={[
        { value: 'auto', label: t('themeAuto') },
        { value: 'light', label: t('themeLight') },
        { value: 'dark', label: t('themeDark') },
      ]}
    />
  )
}

function ShapeRows() {
  const { t } = useTranslation('settings')
  const look = useSettings((s) => s.appearance)
  return (
    <>
      <ChoiceRow
        label={t('colorBy')}
        value={useSettings((s) => s.colorBy)}
        onChange={(colorBy) => setSettings({ colorBy })}
        data={[
          { value: 'label', label: t('colorByLabel') },
          { value: 'instance', label: t('colorByInstance') },
          { value: 'group', label: t('colorByGroup') },
        ]}
      />
      <PaletteRow />
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
      <SwitchRow
        label={t('highContrast')}
        hint={t('highContrastHint')}
        value={look.highContrast}
        onChange={(highContrast) => setAppearance({ highContrast })}
      />
      <SwitchRow
        label={t('outlined')}
        hint={t('outlinedHint')}
        value={look.outlined}
        onChange={(outlined) => setAppearance({ outlined })}
      />
      {look.outlined && (
        <ColorRow
          label={t('outlineColor')}
          value={look.outlineColor}
          onChange={(outlineColor) => setAppearance({ outlineColor })}
        />
      )}
    </>
  )
}

function ImageRows() {
  const { t } = useTranslation('settings')
  const grid = useSettings((s) => s.grid)
  return (
    <>
      <SwitchRow
        label={t('smoothImage')}
        hint={t('smoothImageHint')}
        value={useSettings((s) => s.appearance.smoothImage)}
        onChange={(smoothImage) => setAppearance({ smoothImage })}
      />
      <SwitchRow
        label={t('gridVisible')}
        value={grid.visible}
        onChange={(visible) => setGrid({ visible })}
      />
      <NumberRow
        label={t('gridSize')}
        min={2}
        max={1000}
        value={grid.size}
        onChange={(size) => setGrid({ size })}
      />
      <ColorRow
        label={t('gridColor')}
        value={grid.color}
        onChange={(color) => setGrid({ color })}
      />
      <ShareRow
        label={t('gridOpacity')}
        value={grid.opacity}
        onChange={(opacity) => setGrid({ opacity })}
      />
    </>
  )
}

interface ColorProps {
  readonly label: string
  readonly value: string
  readonly onChange: (value: string) => void
}

function ColorRow({ label, value, onChange }: ColorProps) {
  return (
    <SettingRow label={label}>
      {(id) => <ColorInput id={id} size="xs" w={120} value={value} onChange={onChange} />}
    </SettingRow>
  )
}
