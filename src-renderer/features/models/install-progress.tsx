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

interface Props {
  readonly id: RequestId
  readonly close: () => void
  readonly again: () => void
  /** When it is there. */
  readonly children: ReactNode
}

/** How far an installation is. Closed, it goes on in the tray; cancelled, nothing of it stays. */
export function InstallProgress({ id, close, again, children }: Props) {
  const { t } = useTranslation('models')
  const { data: request } = useQuery(queries.request(id))
  if (!request) return null
  if (request.state === 'finished') return children
  if (request.state === 'failed' || request.state === 'cancelled')
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
          <Button onClick={again}>{t('back')}</Button>
        </Group>
      </Stack>
    )
  const cancel = () =>
    client.requests.cancel({ id }).catch((error: unknown) => notifyProblem(problemOf(error)))
  return (
    <Stack gap="sm">
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
        {request.message}
      </Text>
      <Group justify="flex-end">
        <Button variant="default" onClick={() => void cancel()}>
          {t('cancel')}
        </Button>
        <Button onClick={close}>{t('background')}</Button>
      </Group>
    </Stack>
  )
}
