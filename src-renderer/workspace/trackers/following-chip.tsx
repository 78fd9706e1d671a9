import { Button, Loader } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { useUi } from '../bench/context.ts'
import { stopAhead } from './ahead.ts'
import classes from './trackers.module.css'

/** What a tracker is doing, over the picture, once it takes longer than a blink. */
export function FollowingChip() {
  const { t } = useTranslation('workspace')
  const now = useUi((state) => state.following)
  if (!now) return null
  const { tracker, count, begun, frame, until } = now
  const text = () => {
    if (until !== null) return t('followingAhead', { tracker, count, frame, until })
    if (begun > 0) return t('followingBegins', { tracker, count: begun })
    return t('following', { tracker, count, frame })
  }
  return (
    <div className={classes.chip} role="status">
      <Loader size={12} />
      <span>{text()}</span>
      {until !== null && (
        <Button size="compact-xs" variant="subtle" onClick={stopAhead}>
          {t('stop')}
        </Button>
      )}
    </div>
  )
}
