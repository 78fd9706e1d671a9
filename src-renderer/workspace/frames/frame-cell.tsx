import { IconAlertTriangle, IconCheck, IconPhotoOff, IconTrash } from '@tabler/icons-react'
import { memo } from 'react'
import { useTranslation } from 'react-i18next'
import { formatNumber } from '#renderer/ui/format.ts'
import type { FrameIndex, TaskId } from '#shared/domain/ids.ts'
import { useFrameCount, useFrameLabel } from './frame-data.ts'
import classes from './frames.module.css'
import { useSmallPicture } from './use-small-picture.ts'

interface Props {
  readonly taskId: TaskId
  readonly frame: FrameIndex
  readonly isDeleted: boolean
  readonly isChecked: boolean
  readonly isProblem: boolean
}

/** A frame at a glance: its picture, number and name, and what is said about it. */
export const FrameCell = memo(function FrameCell(props: Props) {
  const { taskId, frame, isDeleted, isChecked, isProblem } = props
  const { t } = useTranslation('frames')
  const name = useFrameLabel(taskId, frame)
  const count = useFrameCount(taskId, frame)
  return (
    <div className={classes.cell} data-deleted={isDeleted} title={name}>
      <SmallImage address={`/frames/${taskId}/${frame}?quality=thumbnail`} />
      <div className={classes.badges}>
        {isProblem && (
          <i className={classes.bad} title={t('badgeProblem')}>
            <IconAlertTriangle size={12} />
          </i>
        )}
        {isDeleted && (
          <i title={t('badgeDeleted')}>
            <IconTrash size={12} />
          </i>
        )}
        {isChecked && (
          <i className={classes.good} title={t('badgeChecked')}>
            <IconCheck size={12} stroke={2.5} />
          </i>
        )}
      </div>
      {count !== null && count > 0 && (
        <span className={classes.count} title={t('badgeObjects', { count })}>
          {formatNumber(count)}
        </span>
      )}
      <div className={classes.caption}>
        <b>{frame}</b>
        <span>{baseName(name)}</span>
      </div>
    </div>
  )
})

/** A small picture, whole, in the middle of its box; quiet while it is on its way. */
export function SmallImage({ address }: { address: string }) {
  const picture = useSmallPicture(address)
  if (picture === 'broken')
    return (
      <div className={classes.picture}>
        <IconPhotoOff size={20} stroke={1.25} />
      </div>
    )
  return (
    <div className={classes.picture}>
      {picture && <img src={picture.url} alt="" draggable={false} decoding="sync" />}
    </div>
  )
}

function baseName(name: string): string {
  return name.slice(name.lastIndexOf('/') + 1)
}
