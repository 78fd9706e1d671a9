import { SegmentedControl } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { DrawSettings } from '../bench/bench.ts'
import { useBench, useUi } from '../bench/context.ts'
import classes from './tools.module.css'

const methods = ['rectangle', 'points'] as const

/** How a cuboid is drawn: its front face as a rectangle, or three corners of a face and the depth. */
export function CuboidMethod() {
  const { t } = useTranslation('workspace')
  const bench = useBench()
  const { cuboidMethod } = useUi((state) => state.draw)
  return (
    <div className={classes.method}>
      <SegmentedControl
        fullWidth
        size="xs"
        aria-label={t('cuboidMethod')}
        value={cuboidMethod}
        onChange={(value) => {
          const { draw } = bench.ui.getState()
          const method = value as DrawSettings['cuboidMethod']
          bench.ui.setState({ draw: { ...draw, cuboidMethod: method } })
        }}
        data={methods.map((value) => ({ value, label: t(`cuboidMethod-${value}`) }))}
      />
      <span className={classes.methodName}>{t(`cuboidMethodHint-${cuboidMethod}`)}</span>
    </div>
  )
}
