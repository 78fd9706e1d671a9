import { Button, Checkbox, NumberInput, Select } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { keyCaps } from '#renderer/state/hotkeys.ts'
import { useSettings } from '#renderer/state/settings.ts'
import { Keys } from '#renderer/ui/keys.tsx'
import { type ShapeType, shapeTypes } from '#shared/domain/annotation.ts'
import type { LabelId } from '#shared/domain/ids.ts'
import { useBench, useUi } from '../../bench/context.ts'
import { drawLabel } from '../../bench/drawing.ts'
import { actionTitle, useKeys } from '../../parts/action-text.ts'
import classes from '../modes.module.css'
import {
  chooseLabel,
  drawNow,
  hasPointCount,
  setSingleShape,
  shapeLabels,
  skip,
} from './single-shape.ts'

const FEWEST = { polygon: 3, polyline: 2, points: 1 } as const

/** The single-shape workspace's side bar: what to draw on each frame, and how to go on. */
export function SingleShapePanel() {
  const { t } = useTranslation('workspace')
  const bench = useBench()
  const labels = shapeLabels(useUi((state) => state.labels))
  const draw = useUi((state) => state.draw)
  const label = drawLabel(bench)
  if (!label)
    return (
      <div className={classes.panel}>
        <h2 className={classes.title}>{t('singleTitle')}</h2>
        <p className={classes.quiet}>{t('singleNoLabels')}</p>
      </div>
    )
  const what =
    draw.pointCount !== null && hasPointCount(draw.shape) ? 'singleTaskPoints' : 'singleTask'
  return (
    <div className={classes.panel}>
      <p className={classes.mission}>
        {t(what, {
          label: label.name,
          shape: t(`shape-${draw.shape}`),
          count: draw.pointCount ?? 0,
        })}
      </p>
      <Button variant="default" fullWidth onClick={() => void skip(bench)}>
        {t('skip')}
      </Button>
      <Hints />
      <Select
        label={t('label')}
        allowDeselect={false}
        data={labels.map(({ id, name }) => ({ value: String(id), label: name }))}
        value={String(label.id)}
        onChange={(value) => value && chooseLabel(bench, Number(value) as LabelId)}
      />
      {label.type === 'any' && <ShapeChoice />}
      <Options />
    </div>
  )
}

function ShapeChoice() {
  const { t } = useTranslation('workspace')
  const bench = useBench()
  const shape = useUi((state) => state.draw.shape)
  const choose = (value: string | null) => {
    const chosen = shapeTypes.find((type) => type === value)
    if (!chosen) return
    bench.ui.setState({ draw: { ...bench.ui.getState().draw, shape: chosen } })
    drawNow(bench)
  }
  return (
    <Select
      label={t('shape')}
      allowDeselect={false}
      data={shapeTypes
        .filter((type) => type !== 'skeleton')
        .map((type) => ({ value: type, label: t(`shape-${type}`) }))}
      value={shape}
      onChange={choose}
    />
  )
}

function Options() {
  const { t } = useTranslation('workspace')
  const bench = useBench()
  const options = useSettings((settings) => settings.singleShape)
  const draw = useUi((state) => state.draw)
  const setCount = (pointCount: number | null) => {
    bench.ui.setState({ draw: { ...bench.ui.getState().draw, pointCount } })
    drawNow(bench)
  }
  const fewest = fewestPoints(draw.shape)
  return (
    <>
      {(['autoNext', 'autoSave', 'onlyEmpty'] as const).map((option) => (
        <Checkbox
          key={option}
          label={t(`single-${option}`)}
          checked={options[option]}
          onChange={(event) => setSingleShape({ [option]: event.currentTarget.checked })}
        />
      ))}
      {fewest !== null && (
        <Checkbox
          label={t('singlePointCount')}
          checked={draw.pointCount !== null}
          onChange={(event) => setCount(event.currentTarget.checked ? Math.max(fewest, 4) : null)}
        />
      )}
      {fewest !== null && draw.pointCount !== null && (
        <NumberInput
          label={t('pointCount')}
          min={fewest}
          value={draw.pointCount}
          onChange={(value) => Number(value) >= fewest && setCount(Number(value))}
        />
      )}
    </>
  )
}

function fewestPoints(shape: ShapeType): number | null {
  return shape in FEWEST ? FEWEST[shape as keyof typeof FEWEST] : null
}

const hints = ['general.undo', 'modes.cancel', 'modes.draw-again'] as const

function Hints() {
  const { t } = useTranslation('workspace')
  return (
    <ul className={classes.hints}>
      <li>{t('singleSkipHint')}</li>
      {hints.map((id) => (
        <HintRow key={id} id={id} />
      ))}
    </ul>
  )
}

function HintRow({ id }: { id: string }) {
  const [key] = useKeys(id)
  return (
    <li>
      {key && <Keys caps={keyCaps(key)} />} {actionTitle(id)}
    </li>
  )
}
