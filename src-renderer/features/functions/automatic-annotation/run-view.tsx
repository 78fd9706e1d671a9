import { Button, Group, Progress, Stack, Text } from '@mantine/core'
import { IconPlayerPause, IconPlayerPlay } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { client } from '#renderer/state/client.ts'
import { problemOf } from '#renderer/state/problems.ts'
import { queries } from '#renderer/state/queries.ts'
import { ErrorNotice } from '#renderer/ui/error-notice.tsx'
import { formatPercent } from '#renderer/ui/format.ts'
import { notifyProblem } from '#renderer/ui/notify.tsx'
import type { RequestId, TaskId } from '#shared/domain/ids.ts'
import { pausableKinds, type WorkRequest } from '#shared/domain/request.ts'
import classes from './automatic-annotation.module.css'
import { RunDone } from './run-done.tsx'
import { isActive } from './running.ts'

interface Props {
  readonly id: RequestId
  readonly taskId: TaskId
  readonly close: () => void
  /** Back to the form. */
  readonly again: () => void
}

/** How far it is, how fast, and how to pause or cancel it; then what came of it. Closing lets it go on in the tray. */
export function RunView({ id, taskId, close, again }: Props) {
  const { data: request, error, refetch } = useQuery(queries.request(id))
  if (error) return <ErrorNotice problem={problemOf(error)} onRetry={() => void refetch()} />
  if (!request) return null
  if (isActive(request)) return <UnderWay request={request} close={close} />
  if (request.state === 'finished')
    return <RunDone request={request} taskId={taskId} close={close} again={again} />
  return <Stopped request={request} close={close} again={again} />
}

function UnderWay({ request, close }: { request: WorkRequest; close: () => void }) {
  const { t } = useTranslation('automatic-annotation')
  const isPaused = request.state === 'paused'
  const { progress } = request
  return (
    <Stack gap="sm" py="xs">
      <div className={classes.running}>
        <Text size="sm" fw={500}>
          {request.title}
        </Text>
        {progress !== null && <output>{formatPercent(progress)}</output>}
      </div>
      <Progress
        size={6}
        value={(progress ?? 1) * 100}
        animated={progress === null && !isPaused}
        color={isPaused ? 'gray' : 'mark'}
        aria-label={request.title}
      />
      <Text size="xs" c="dimmed" mih={17} role="status">
        {isPaused ? t('paused') : request.message || t('waiting')}
      </Text>
      <Group>
        {pausableKinds.includes(request.kind) && (
          <Button
            variant="default"
            leftSection={isPaused ? <IconPlayerPlay size={14} /> : <IconPlayerPause size={14} />}
            onClick={() => void tell(isPaused ? 'resume' : 'pause', request)}
          >
            {t(isPaused ? 'resume' : 'pause')}
          </Button>
        )}
        <Button variant="default" onClick={() => void tell('cancel', request)}>
          {t('cancelRun')}
        </Button>
        <span className={classes.grow} />
        <Button onClick={close} data-autofocus>
          {t('background')}
        </Button>
      </Group>
    </Stack>
  )
}

interface StoppedProps {
  readonly request: WorkRequest
  readonly close: () => void
  readonly again: () => void
}

/** Cancelled, or failed: then it may go on where it stopped. */
function Stopped({ request, close, again }: StoppedProps) {
  const { t } = useTranslation('automatic-annotation')
  return (
    <Stack gap="md">
      {request.error && request.state === 'failed' ? (
        <ErrorNotice problem={request.error} onRetry={() => void tell('retry', request)} />
      ) : (
        <Text size="sm" role="status">
          {t('cancelled')}
        </Text>
      )}
      <Group justify="flex-end">
        <Button variant="default" onClick={close}>
          {t('close')}
        </Button>
        <Button onClick={again} data-autofocus>
          {t('back')}
        </Button>
      </Group>
    </Stack>
  )
}

async function tell(verb: 'cancel' | 'pause' | 'resume' | 'retry', { id }: WorkRequest) {
  try {
    await client.requests[verb]({ id })
  } catch (error) {
    notifyProblem(problemOf(error))
  }
}
