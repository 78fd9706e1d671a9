import { Select } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { setSettings, useSettings } from '#renderer/state/settings.ts'
import { type PaletteId, paletteIds, palettes } from '#shared/domain/palettes.ts'
import { SettingRow } from './setting-row.tsx'
import classes from './settings.module.css'

/** Enough to recognise a palette by. */
const SHOWN = 9

/** The colours of shapes; some sets of them can be told apart by everybody. */
export function PaletteRow() {
  const { t } = useTranslation('settings')
  const palette = useSettings((s) => s.palette)
  return (
    <SettingRow label={t('palette')} hint={t('paletteHint')}>
      {(id) => (
        <div className={classes.palette}>
          <Swatches palette={palette} />
          <Select
            id={id}
            w={180}
            allowDeselect={false}
            value={palette}
            data={paletteIds.map((value) => ({ value, label: t(`palette-${value}`) }))}
            renderOption={({ option }) => (
              <div className={classes.paletteOption}>
                <span>{option.label}</span>
                <Swatches palette={option.value as PaletteId} />
              </div>
            )}
            onChange={(value) => value && setSettings({ palette: value as PaletteId })}
          />
        </div>
      )}
    </SettingRow>
  )
}

function Swatches({ palette }: { palette: PaletteId }) {
  return (
    <span className={classes.swatches} aria-hidden="true">
      {palettes[palette].slice(0, SHOWN).map((color) => (
        <i key={color} style={{ background: color }} />
      ))}
    </span>
  )
}
