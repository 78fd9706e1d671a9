import { Button, Loader } from '@mantine/core'
import { IconPhotoOff } from '@tabler/icons-react'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'wouter'
import { openDialog } from '#renderer/state/dialogs.ts'
import { events } from '#renderer/state/events.ts'
import { formatNumber } from '#renderer/ui/format.ts'
import type { Task } from '#shared/domain/task.ts'
import classes from './stage.module.css'

/** Pictures are still being listed, or a video opened: the first one is there already, with the count beside it. */
export function ScanningStage({ task }: { task: Task }) {
  const { t } = useTranslation('workspace')
  const [preview, setPreview] = useState({ version: 0, found: 0, name: '' })
  useEffect(
    () =>
      events.on('preview', ({ taskId, found, name }) => {
        if (taskId === task.id) setPreview({ version: 1, found, name })
      }),
    [task.id],
  )
  return (
    <div className={classes.waiting}>
      <img
        key={preview.version}
        className={classes.preview}
        src={`/frames/${task.id}/preview`}
        alt=""
        onError={(event) => {
          event.currentTarget.style.visibility = 'hidden'
        }}
      />
      <div className={classes.waitingCard} role="status">
        <Loader size={16} />
        <strong>{task.name}</strong>
        <span>
          {task.mode === 'interpolation'
            ? t('openingVideo')
            : t('listing', { count: preview.found, formatted: formatNumber(preview.found) })}
        </span>
        <Button component={Link} href="/" variant="subtle" color="gray">
          {t('backToStart')}
        </Button>
      </div>
    </div>
  )
}

/** No picture could be listed: say so, and offer the two ways out. */
export function FailedMedia({ task }: { task: Task }) {
  const { t } = useTranslation('workspace')
  return (
    <div className={classes.waiting}>
      <div className={classes.failed} role="alert">
        <IconPhotoOff size={36} stroke={1.25} />
        <strong>{t('mediaFailed', { name: task.name })}</strong>
        <p className="fm-selectable">{task.mediaPaths.join('\n')}</p>
        <div className={classes.problemButtons}>
          <Button onClick={() => openDialog({ kind: 'relink', taskId: task.id })}>
            {t('relink')}
          </Button>
          <Button component={Link} href="/" variant="default">
            {t('backToStart')}
          </Button>
        </div>
      </div>
    </div>
  )
}
