import { useTranslation } from 'react-i18next'
import { useUi } from '../bench/context.ts'
import { QuickLabel } from '../parts/quick-label.tsx'
import classes from './stage.module.css'

/** No labels yet: one word and Enter, and drawing begins. */
export function FirstLabel() {
  const { t } = useTranslation('workspace')
  const hasLabels = useUi((state) => state.labels.length > 0)
  const wantsLabel = useUi((state) => state.wantsLabel)
  if (hasLabels) return null
  return (
    <div className={classes.firstLabel} data-wanted={wantsLabel}>
      <strong>{t('firstLabel')}</strong>
      <p>{t('firstLabelHint')}</p>
      <QuickLabel autoFocus key={String(wantsLabel)} />
    </div>
  )
}
