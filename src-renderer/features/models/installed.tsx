import { Button, Group, Stack, Text } from '@mantine/core'
import { IconCircleCheck } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { orpc, queries } from '#renderer/state/queries.ts'
import type { RequestId } from '#shared/domain/ids.ts'
import { modelSchema } from '#shared/domain/model.ts'
import { taskOnScreen } from './task-on-screen.ts'
import { beginWith, isForPictures } from './use-model.ts'

/** What is in focus goes with the buttons of the card; Enter is to end it, or to begin. */
const focus = (button: HTMLButtonElement | null) => button?.focus()

/** It is there: on an open task one can begin at once. */
export function Installed({ id, close }: { id: RequestId; close: () => void }) {
  const { t } = useTranslation('models')
  const { data: request } = useQuery(queries.request(id))
  const { data: functions } = useQuery(orpc.functions.list.queryOptions())
  const model = modelSchema.safeParse(request?.result).data
  const info = functions?.find((one) => one.id === model?.functionId)
  const canBegin =
    info && isForPictures(info.kind) && taskOnScreen(window.location.pathname) !== null
  return (
    <Stack gap="md">
      <Group gap="xs" role="status" wrap="nowrap">
        <IconCircleCheck size={18} />
        <Text size="sm">{t('installed', { name: model?.manifest.name ?? '' })}</Text>
      </Group>
      {info && (
        <Text size="sm" c="dimmed">
          {t(`use-${info.kind}`)}
        </Text>
      )}
      <Group justify="flex-end" gap="xs">
        <Button variant={canBegin ? 'default' : 'filled'} onClick={close} ref={focus}>
          {t('close')}
        </Button>
        {canBegin && (
          <Button
            ref={focus}
            onClick={() => {
              close()
              beginWith(info)
            }}
          >
            {t('useNow')}
          </Button>
        )}
      </Group>
    </Stack>
  )
}
