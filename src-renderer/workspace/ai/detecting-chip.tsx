import { Button, Loader } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { useBench, useUi } from '../bench/context.ts'
import trackerClasses from '../trackers/trackers.module.css'
import { stopDetecting } from './detecting.ts'

/** A detector at work, over the picture, once it takes longer than a blink. */
export function DetectingChip() {
  const { t } = useTranslation('ai')
  const bench = useBench()
  const now = useUi((state) => state.detecting)
  if (!now) return null
  return (
    <div className={trackerClasses.chip} role="status">
      <Loader size={12} />
      <span>{t('detecting', { name: now.name, frame: now.frame })}</span>
      <Button size="compact-xs" variant="subtle" onClick={() => stopDetecting(bench)}>
        {t('stop')}
      </Button>
    </div>
  )
}
