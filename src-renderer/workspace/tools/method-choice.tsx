import { SegmentedControl, Tooltip } from '@mantine/core'
import { IconArrowsDiagonal, IconCrosshair, IconSquareRotated } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { RectangleMethod } from '#renderer/canvas/canvas-api.ts'
import { useBench, useUi } from '../bench/context.ts'
import classes from './tools.module.css'

const methods = [
  ['corners', IconArrowsDiagonal],
  ['extreme-points', IconCrosshair],
  ['rotated', IconSquareRotated],
] as const

/** How a rectangle is drawn: two corners, four extreme points, or turned. */
export function MethodChoice() {
  const { t } = useTranslation('workspace')
  const bench = useBench()
  const { rectangleMethod } = useUi((state) => state.draw)
  const choose = (method: RectangleMethod) =>
    bench.ui.setState({ draw: { ...bench.ui.getState().draw, rectangleMethod: method } })
  return (
    <div className={classes.method}>
      <SegmentedControl
        fullWidth
        size="xs"
        aria-label={t('rectangleMethod')}
        value={rectangleMethod}
        onChange={(value) => choose(value as RectangleMethod)}
        data={methods.map(([value, Glyph]) => ({
          value,
          label: (
            <Tooltip label={t(`rectangleMethod-${value}`)} position="top" withinPortal>
              <span
                className={classes.methodIcon}
                role="img"
                aria-label={t(`rectangleMethod-${value}`)}
              >
                <Glyph size={16} stroke={1.5} />
              </span>
            </Tooltip>
          ),
        }))}
      />
      <span className={classes.methodName}>{t(`rectangleMethod-${rectangleMethod}`)}</span>
    </div>
  )
}
