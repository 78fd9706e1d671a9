import { Button, Group, Modal, Text } from '@mantine/core'
import { useMutation, useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { client } from '#renderer/state/client.ts'
import { problemOf } from '#renderer/state/problems.ts'
import { orpc } from '#renderer/state/queries.ts'
import { ErrorNotice } from '#renderer/ui/error-notice.tsx'
import { counted } from '#renderer/ui/format.ts'
import { notifyDone } from '#renderer/ui/notify.tsx'
import type { TaskId } from '#shared/domain/ids.ts'

/** Forgetting the layer cannot be undone: it is asked for once more, and the safe button has the focus. */
export function ClearPredictionsDialog({ taskId, close }: { taskId: TaskId; close: () => void }) {
  const { t } = useTranslation('predictions')
  const input = { taskId }
  const { data } = useQuery(orpc.predictions.summary.queryOptions({ input, staleTime: 0 }))
  const clear = useMutation({
    mutationFn: () => client.predictions.clear(input),
    onSuccess: ({ count }) => {
      close()
      notifyDone(t('cleared', counted(count)))
    },
  })
  return (
    <Modal opened onClose={close} title={t('clearTitle')}>
      <Text size="sm" mb="md">
        {data && t('clearText', counted(data.open))}
      </Text>
      {clear.error && <ErrorNotice problem={problemOf(clear.error)} />}
      <Group justify="flex-end" mt="lg">
        <Button variant="default" onClick={close} data-autofocus>
          {t('cancel')}
        </Button>
        <Button color="red.8" loading={clear.isPending} onClick={() => clear.mutate()}>
          {t('clearNow')}
        </Button>
      </Group>
    </Modal>
  )
}
