import { Checkbox, NumberInput, Radio } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { FunctionInfo } from '#shared/domain/function.ts'
import classes from './automatic-annotation.module.css'
import type { Choice } from './choice.ts'

interface Props {
  readonly info: FunctionInfo
  readonly choice: Choice
  readonly set: (change: Partial<Choice>) => void
}

/** What becomes of what a detector finds. */
export function ResultFields({ info, choice, set }: Props) {
  const { t } = useTranslation(['automatic-annotation', 'ai'])
  const mayMask = info.labels.some(({ type }) => type === 'mask' || type === 'any')
  return (
    <fieldset className={classes.section}>
      <legend>{t('result')}</legend>
      <Radio.Group
        aria-label={t('result')}
        value={choice.as}
        onChange={(as) => set({ as: as as Choice['as'] })}
      >
        <div className={classes.radios}>
          <Radio
            value="annotations"
            label={t('asAnnotations')}
            description={t('asAnnotationsHint')}
          />
          {choice.as === 'annotations' && (
            <Checkbox
              className={classes.inner ?? ''}
              label={t('cleanup')}
              checked={choice.cleanup}
              onChange={(event) => set({ cleanup: event.currentTarget.checked })}
            />
          )}
          <Radio
            value="predictions"
            label={t('asPredictions')}
            description={t('asPredictionsHint')}
          />
        </div>
      </Radio.Group>
      {mayMask && (
        <Checkbox
          label={t('ai:masksToPolygons')}
          checked={choice.masksToPolygons}
          onChange={(event) => set({ masksToPolygons: event.currentTarget.checked })}
        />
      )}
      <Tiles tiles={choice.tiles} set={(tiles) => set({ tiles })} />
    </fieldset>
  )
}

function Tiles({ tiles, set }: { tiles: Choice['tiles']; set: (tiles: Choice['tiles']) => void }) {
  const { t } = useTranslation('ai')
  return (
    <>
      <Checkbox
        label={t('tiles')}
        checked={tiles.isOn}
        onChange={(event) => set({ ...tiles, isOn: event.currentTarget.checked })}
      />
      {tiles.isOn && (
        <div className={classes.pair}>
          <NumberInput
            label={t('tileSize')}
            min={64}
            max={8192}
            step={64}
            suffix=" px"
            allowDecimal={false}
            value={tiles.size}
            onChange={(value) =>
              Number(value) >= 64 && set({ ...tiles, size: Math.min(8192, Number(value)) })
            }
          />
          <NumberInput
            label={t('tileOverlap')}
            min={0}
            max={80}
            step={5}
            suffix=" %"
            allowDecimal={false}
            value={Math.round(tiles.overlap * 100)}
            onChange={(value) =>
              set({ ...tiles, overlap: Math.min(80, Math.max(0, Number(value))) / 100 })
            }
          />
        </div>
      )}
    </>
  )
}
