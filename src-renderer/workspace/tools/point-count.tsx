import { NumberInput } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { FEWEST_POINTS } from '#shared/geometry/shape-rules.ts'
import type { DrawSettings } from '../bench/bench.ts'
import { useBench, useUi } from '../bench/context.ts'

type CountedShape = keyof typeof FEWEST_POINTS

export const hasPointCount = (shape: string): shape is CountedShape => shape in FEWEST_POINTS

/** After how many points a polygon, polyline or points shape is done by itself; each type has its own number. */
export function PointCount({ shape }: { shape: CountedShape }) {
  const { t } = useTranslation('workspace')
  const bench = useBench()
  const draw = useUi((state) => state.draw)
  const fewest = FEWEST_POINTS[shape]
  const count = draw.shape === shape ? draw.pointCount : (draw.pointCounts[shape] ?? null)
  const set = (value: string | number) => {
    const wanted = Number(value) >= fewest ? Math.round(Number(value)) : null
    bench.ui.setState({ draw: withCount(bench.ui.getState().draw, shape, wanted) })
  }
  return (
    <NumberInput
      label={t('pointCount')}
      placeholder={t('pointCountAny')}
      min={fewest}
      max={10_000}
      allowDecimal={false}
      value={count ?? ''}
      onChange={set}
    />
  )
}

function withCount(draw: DrawSettings, shape: CountedShape, count: number | null): DrawSettings {
  if (draw.shape === shape) return { ...draw, pointCount: count }
  return { ...draw, pointCounts: { ...draw.pointCounts, [shape]: count } }
}
