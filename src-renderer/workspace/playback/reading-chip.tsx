import { Tooltip } from '@mantine/core'
import { IconX } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { client } from '#renderer/state/client.ts'
import { problemOf } from '#renderer/state/problems.ts'
import { queries } from '#renderer/state/queries.ts'
import { notifyProblem } from '#renderer/ui/notify.tsx'
import type { RequestId } from '#shared/domain/ids.ts'
import { useUi } from '../bench/context.ts'
import classes from './playback.module.css'

/** How far the reading of the video is, while its frame index is not certain yet. */
export function ReadingChip() {
  const task = useUi((state) => state.task)
  if (task.video === null || task.video.verified) return null
  return <Reading taskId={task.id} />
}

function Reading({ taskId }: { taskId: number }) {
  const { t } = useTranslation('workspace')
  const { data: requests = [] } = useQuery(queries.requests())
  const reading = requests.find(
    ({ kind, state, taskId: of }) =>
      kind === 'index-video' && of === taskId && (state === 'queued' || state === 'started'),
  )
  if (!reading) return null
  const share = reading.progress ?? 0
  return (
    <span className={classes.reading}>
      <Tooltip label={t('readingLong')} multiline w={280} position="top">
        <span role="status">
          <progress max={1} value={share} aria-hidden="true" />
          {t('reading', { percent: Math.floor(share * 100) })}
        </span>
      </Tooltip>
      <Tooltip label={t('readingStop')} position="top">
        <button
          type="button"
          aria-label={t('readingStop')}
          onMouseDown={(event) => event.preventDefault()}
          onClick={() => void stop(reading.id)}
        >
          <IconX size={12} stroke={1.75} />
        </button>
      </Tooltip>
    </span>
  )
}

async function stop(id: RequestId): Promise<void> {
  try {
    await client.requests.cancel({ id })
  } catch (error) {
    notifyProblem(problemOf(error))
  }
}
