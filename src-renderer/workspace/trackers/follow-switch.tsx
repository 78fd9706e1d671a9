import { IconFocusCentered } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { Track } from '#shared/domain/annotation.ts'
import { useBench, useUi } from '../bench/context.ts'
import { FlagButton } from '../parts/flag-button.tsx'
import { toggleFollowing } from './followed.ts'

/** In a track's row, where a tracker leads it: whether it goes on doing so. */
export function FollowSwitch({ track }: { track: Track }) {
  const { t } = useTranslation('workspace')
  const bench = useBench()
  const followed = useUi((state) => state.followed.get(track.id))
  if (!followed) return null
  return (
    <FlagButton
      label={t('followSwitch', { tracker: followed.tracker.name })}
      icon={IconFocusCentered}
      isOn={followed.isOn}
      onToggle={() => toggleFollowing(bench, track.id)}
    />
  )
}
