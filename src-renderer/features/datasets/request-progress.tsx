import { Button, Group, Progress, Stack, Text } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { client } from '#renderer/state/client.ts'
import { problemOf } from '#renderer/state/problems.ts'
import { queries } from '#renderer/state/queries.ts'
import { ErrorNotice } from '#renderer/ui/error-notice.tsx'
import { notifyProblem } from '#renderer/ui/notify.tsx'
import type { RequestId } from '#shared/domain/ids.ts'
import type { WorkRequest } from '#shared/domain/request.ts'
import { Step } from './step.tsx'

interface Props {
  readonly id: RequestId
  readonly close: () => void
  /** Back to the form. */
  readonly again: () => void
  /** What to show when it is finished. */
  readonly children: (request: WorkRequest) => ReactNode
}

/** A dialog's second half: how far the request is, then what came of it. Closing lets it go on in the tray. */
export function RequestProgress({ id, close, again, children }: Props) {
  const { data: request, error, refetch } = useQuery(queries.request(id))
  if (error) return <ErrorNotice problem={problemOf(error)} onRetry={() => void refetch()} />
  if (!request) return null
  return <Step of={request.state}>{stepOf(request, { close, again, children })}</Step>
}

function stepOf(request: WorkRequest, { close, again, children }: Omit<Props, 'id'>) {
  switch (request.state) {
    case 'finished':
      return children(request)
    case 'failed':
    case 'cancelled':
      return <Stopped request={request} close={close} again={again} />
    case 'queued':
    case 'started':
    case 'paused':
      return <UnderWay request={request} close={close} />
  }
}

function UnderWay({ request, close }: { request: WorkRequest; close: () => void }) {
  const { t } = useTranslation('datasets')
  const cancel = () =>
    client.requests.cancel({ id: request.id }).catch((error: unknown) => {
      notifyProblem(problemOf(error))
    })
  return (
    <ProgressOf request={request} onCancel={() => void cancel()}>
      <Button onClick={close} data-autofocus>
        {t('background')}
      </Button>
    </ProgressOf>
  )
}

interface ProgressProps {
  readonly request: WorkRequest
  readonly onCancel: () => void
  readonly children?: ReactNode
}

/** How far a request is, and how to stop it. */
export function ProgressOf({ request, onCancel, children }: ProgressProps) {
  const { t } = useTranslation('datasets')
  return (
    <Stack gap="sm" py="xs">
      <Text size="sm" fw={500}>
        {request.title}
      </Text>
      <Progress
        size={6}
        value={(request.progress ?? 1) * 100}
        animated={request.progress === null}
        aria-label={request.title}
      />
      <Text size="xs" c="dimmed" mih={17}>
        {request.message || t('waiting')}
      </Text>
      <Group justify="flex-end">
        <Button variant="default" onClick={onCancel} data-autofocus={!children || undefined}>
          {t('cancel')}
        </Button>
        {children}
      </Group>
    </Stack>
  )
}

interface StoppedProps {
  readonly request: WorkRequest
  readonly close: () => void
  readonly again: () => void
}

function Stopped({ request, close, again }: StoppedProps) {
  const { t } = useTranslation('datasets')
  return (
    <Stack gap="md">
      {request.error ? (
        <ErrorNotice problem={request.error} />
      ) : (
        <Text size="sm">{t('cancelled')}</Text>
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
