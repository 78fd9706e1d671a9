import { Button, Checkbox, ColorSwatch, NumberInput, Popover, Slider } from '@mantine/core'
import { IconAdjustmentsHorizontal } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { Grid } from '#renderer/canvas/canvas-api.ts'
import { runAction } from '#renderer/state/actions.ts'
import { setSettings, useSettings } from '#renderer/state/settings.ts'
import { releaseFocus } from '../parts/release-focus.ts'
import classes from './stage.module.css'
import { ToneSettings } from './tone-settings.tsx'

const filters = [
  { name: 'brightness', min: 0, max: 2 },
  { name: 'contrast', min: 0, max: 2 },
  { name: 'saturation', min: 0, max: 2 },
  { name: 'gamma', min: 0.2, max: 3 },
] as const

/** Grid and colours of the picture, as in CVAT under the canvas. Only what is seen changes, never a file. */
export function ImageSettings() {
  const { t } = useTranslation('workspace')
  return (
    <Popover position="top-end" width={320} shadow="lg" trapFocus onClose={releaseFocus}>
      <Popover.Target>
        <button type="button" className={classes.statusButton}>
          <IconAdjustmentsHorizontal size={14} stroke={1.5} />
          {t('image')}
        </button>
      </Popover.Target>
      <Popover.Dropdown className={classes.settings ?? ''}>
        {/* The first slider would show its bubble at once if it had the focus. */}
        <span data-autofocus tabIndex={-1} className={classes.start} />
        <Filters />
        <ToneSettings />
        <Button variant="default" fullWidth onClick={() => runAction('image.reset')}>
          {t('resetImage')}
        </Button>
        <hr className={classes.rule} />
        <GridSettings />
      </Popover.Dropdown>
    </Popover>
  )
}

function Filters() {
  const { t } = useTranslation('workspace')
  const imageFilter = useSettings((settings) => settings.imageFilter)
  return (
    <>
      {filters.map(({ name, min, max }) => (
        <div key={name} className={classes.setting}>
          <span>{t(name)}</span>
          <Slider
            size={3}
            min={min}
            max={max}
            step={0.05}
            thumbLabel={t(name)}
            label={(value) => t('percent', { value: Math.round(value * 100) })}
            value={imageFilter[name]}
            onChange={(value) => setSettings({ imageFilter: { ...imageFilter, [name]: value } })}
          />
        </div>
      ))}
    </>
  )
}

const gridColors = ['#ffffff', '#000000', '#ff0000', '#00ff00', '#0000ff', '#ffff00']

function GridSettings() {
  const { t } = useTranslation('workspace')
  const grid = useSettings((settings) => settings.grid)
  const set = (change: Partial<Grid>) => setSettings({ grid: { ...grid, ...change } })
  return (
    <>
      <Checkbox
        label={t('grid')}
        checked={grid.visible}
        onChange={(event) => set({ visible: event.currentTarget.checked })}
      />
      <div className={classes.setting}>
        <span>{t('gridSize')}</span>
        <NumberInput
          min={2}
          max={1000}
          value={grid.size}
          onChange={(value) => Number(value) >= 2 && set({ size: Number(value) })}
        />
      </div>
      <div className={classes.setting}>
        <span>{t('opacity')}</span>
        <Slider
          size={3}
          min={0}
          max={1}
          step={0.05}
          label={null}
          thumbLabel={t('opacity')}
          value={grid.opacity}
          onChange={(opacity) => set({ opacity })}
        />
      </div>
      <div className={classes.setting}>
        <span>{t('color')}</span>
        <span className={classes.swatches}>
          {gridColors.map((color) => (
            <ColorSwatch
              key={color}
              component="button"
              size={18}
              color={color}
              aria-label={color}
              aria-pressed={grid.color === color}
              onClick={() => set({ color, visible: true })}
            />
          ))}
        </span>
      </div>
    </>
  )
}
