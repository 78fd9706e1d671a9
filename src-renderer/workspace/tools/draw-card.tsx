import { Button, Checkbox, Group } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { keyCaps } from '#renderer/state/hotkeys.ts'
import { Keys } from '#renderer/ui/keys.tsx'
import type { DrawSettings, DrawTool } from '../bench/bench.ts'
import { useBench, useUi } from '../bench/context.ts'
import { drawLabel, labelFits, startDrawing } from '../bench/drawing.ts'
import { actionTitle } from '../parts/action-text.ts'
import { CuboidMethod } from './cuboid-method.tsx'
import { MethodChoice } from './method-choice.tsx'
import { hasPointCount, PointCount } from './point-count.tsx'
import classes from './tools.module.css'

/** What to draw with; Shape and Track begin. */
export function DrawCard({ shape, onBegin }: { shape: DrawTool; onBegin: () => void }) {
  const { t } = useTranslation('workspace')
  const bench = useBench()
  const labels = useUi((state) => state.labels)
  const draw = useUi((state) => state.draw)
  const current = drawLabel(bench, shape)
  const set = (change: Partial<DrawSettings>) =>
    bench.ui.setState({ draw: { ...bench.ui.getState().draw, ...change } })
  const begin = (change: Partial<DrawSettings>) => {
    startDrawing(bench, { shape, ...change })
    onBegin()
  }
  return (
    <>
      <div className={classes.cardTitle}>
        {actionTitle(`modes.${shape}`)}
        <Keys caps={keyCaps('N')} />
      </div>
      <div className={classes.labels} role="listbox" aria-label={t('label')}>
        {labels.map((label, at) => (
          <button
            key={label.id}
            type="button"
            role="option"
            aria-selected={label.id === current?.id}
            disabled={!labelFits(label, shape)}
            className={classes.label}
            onClick={() => set({ labelId: label.id })}
          >
            <i style={{ background: label.color }} />
            <span>{label.name}</span>
            {at < 10 && <Keys caps={[String((at + 1) % 10)]} />}
          </button>
        ))}
        {labels.length === 0 && <p className={classes.none}>{t('noLabels')}</p>}
      </div>
      {shape === 'rectangle' && <MethodChoice />}
      {shape === 'cuboid' && <CuboidMethod />}
      {hasPointCount(shape) && <PointCount shape={shape} />}
      <Checkbox
        label={t('drawSeveral')}
        checked={draw.again}
        onChange={(event) => set({ again: event.currentTarget.checked })}
      />
      <Group grow gap={8}>
        <Button onClick={() => begin({ objectType: 'shape' })}>{t('drawShape')}</Button>
        <Button variant="default" onClick={() => begin({ objectType: 'track' })}>
          {t('drawTrack')}
        </Button>
      </Group>
    </>
  )
}
