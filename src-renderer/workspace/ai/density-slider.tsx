import { Slider, Tooltip } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import classes from './ai.module.css'

interface Props {
  readonly value: number
  readonly isDisabled?: boolean
  readonly onChange: (density: number) => void
}

/** How many of its points a polygon keeps; every part of the slider changes the picture. */
export function DensitySlider({ value, isDisabled = false, onChange }: Props) {
  const { t } = useTranslation('ai')
  return (
    <Tooltip label={t('density')} position="bottom">
      <Slider
        className={classes.density ?? ''}
        size={3}
        min={0}
        max={1}
        step={0.01}
        label={null}
        thumbLabel={t('density')}
        disabled={isDisabled}
        value={value}
        onChange={onChange}
      />
    </Tooltip>
  )
}
