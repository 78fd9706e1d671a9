import { Button, Slider } from '@mantine/core'
import { useEffect, useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Mark } from '#renderer/canvas/tools/tool-state.ts'
import { counted } from '#renderer/ui/format.ts'
import type { Shape } from '#shared/domain/annotation.ts'
import { useBench, useUi } from '../bench/context.ts'
import { selectTool, takeTool } from '../bench/drawing.ts'
import { convert } from './convert.ts'
import { asPolygons, type Converted } from './convert-step.ts'
import classes from './masks.module.css'

/** What a person sees at once as a contour, neither a staircase nor a potato. */
const FIRST_DENSITY = 0.35
/** More vertices than this are shown without their dots. */
const MOST_DOTS = 3_000

/** How many points the polygons get is chosen here, and seen on the picture at once. */
export function ConvertPanel() {
  const masks = useUi((state) => state.converting)
  return masks && <Panel masks={masks} />
}

function Panel({ masks }: { masks: readonly Shape[] }) {
  const { t } = useTranslation('masks')
  const bench = useBench()
  const [density, setDensity] = useState(FIRST_DENSITY)
  const converted = useMemo(() => asPolygons(masks, density), [masks, density])
  useEffect(() => {
    takeTool(bench, 'preview', { kind: 'show', marks: marksOf(bench, converted) })
  }, [bench, converted])
  useEffect(() => {
    const stops = [
      bench.ui.subscribe(({ tool, converting }) => {
        if (tool !== 'preview' && converting) bench.ui.setState({ converting: null })
      }),
      // What was chosen from is no longer there: another frame, or an undo.
      bench.document.state.subscribe(({ annotations }) => {
        if (masks.some((mask) => annotations.get(mask.id) !== mask)) selectTool(bench, 'select')
      }),
    ]
    return () => {
      for (const stop of stops) stop()
    }
  }, [bench, masks])
  useEffect(
    () =>
      bench.canvas?.on('toolEnd', ({ cancelled }) => {
        if (!cancelled) convert(bench, converted)
      }),
    [bench, converted],
  )
  const forms = converted.flatMap((one) => one.forms)
  const points = forms.reduce((sum, form) => sum + form.points.length / 2, 0)
  return (
    <div
      className={classes.panel}
      role="dialog"
      aria-label={t('convertTitle', { count: masks.length })}
      onKeyDown={(event) => {
        if (event.key !== 'Enter' || event.target instanceof HTMLButtonElement) return
        event.preventDefault()
        bench.canvas?.finishDrawing()
      }}
    >
      <strong>{t('convertTitle', { count: masks.length })}</strong>
      <div className={classes.density}>
        <span>{t('density')}</span>
        <Slider
          autoFocus
          size={3}
          min={0}
          max={1}
          step={0.01}
          label={null}
          thumbLabel={t('density')}
          value={density}
          onChange={setDensity}
        />
      </div>
      <p role="status">
        {t('polygons', counted(forms.length))}
        {', '}
        {t('points', counted(points))}
      </p>
      <p className={classes.quiet}>{t('partsGrouped')}</p>
      <div className={classes.buttons}>
        <Button variant="default" onClick={() => selectTool(bench, 'select')}>
          {t('cancel')}
        </Button>
        <Button onClick={() => bench.canvas?.finishDrawing()} disabled={forms.length === 0}>
          {t('convert')}
        </Button>
      </div>
    </div>
  )
}

function marksOf(bench: ReturnType<typeof useBench>, converted: readonly Converted[]): Mark[] {
  const { labelsById } = bench.ui.getState()
  const marks: Mark[] = []
  let dots = 0
  for (const { shape, forms } of converted) {
    const color = labelsById.get(shape.labelId)?.color ?? '#ffffff'
    for (const { points } of forms) {
      marks.push({ kind: 'path', points, closed: true, color, fill: 0.15 })
      dots += points.length / 2
      if (dots <= MOST_DOTS) marks.push({ kind: 'dots', points, color, radius: 2.5 })
    }
  }
  return marks
}
