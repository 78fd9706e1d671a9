import { Button, Loader } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { client } from '#renderer/state/client.ts'
import { problemOf } from '#renderer/state/problems.ts'
import { queries } from '#renderer/state/queries.ts'
import { notifyProblem } from '#renderer/ui/notify.tsx'
import type { RequestId } from '#shared/domain/ids.ts'
import { useBench } from '../bench/context.ts'
import classes from './trackers.module.css'

/** How far objects of this task have been led over a range, whoever began it. */
export function TrackingChip() {
  const { t } = useTranslation('ai')
  const { taskId } = useBench()
  const { data: requests = [] } = useQuery(queries.requests())
  const running = requests.find(
    ({ kind, state, taskId: of }) =>
      kind === 'track' && of === taskId && (state === 'queued' || state === 'started'),
  )
  if (!running) return null
  return (
    <div className={classes.chip} role="status">
      <Loader size={12} />
      <span>{t('tracking', { percent: Math.floor((running.progress ?? 0) * 100) })}</span>
      <Button size="compact-xs" variant="subtle" onClick={() => void cancel(running.id)}>
        {t('stop')}
      </Button>
    </div>
  )
}

async function cancel(id: RequestId): Promise<void> {
  try {
    await client.requests.cancel({ id })
  } catch (error) {
    notifyProblem(problemOf(error))
  }
}
