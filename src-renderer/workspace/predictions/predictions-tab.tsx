import { IconSparkles } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { formatShort } from '#renderer/ui/format.ts'
import { useUi } from '../bench/context.ts'
import classes from './predictions.module.css'
import { useLayer, useQueue } from './use-layer.ts'

/** Whether the panel is offered: something is to be decided on, or it is open. */
export function useHasPanel(): boolean {
  const open = useLayer(({ summary }) => summary?.open ?? 0)
  const isBegun = useQueue((state) => state.isBegun)
  const isOpen = useUi(({ tab }) => tab === 'predictions')
  return open > 0 || isBegun || isOpen
}

/** The name of the panel, and how many are left. */
export function PredictionsTab() {
  const { t } = useTranslation('predictions')
  const open = useLayer(({ summary }) => summary?.open ?? 0)
  return (
    <span className={classes.tab}>
      <IconSparkles size={15} stroke={1.5} aria-hidden="true" />
      <span className={classes.tabName}>{t('tab')}</span>
      {open > 0 && <span className={classes.badge}>{formatShort(open)}</span>}
    </span>
  )
}
