import { Button, Group, Modal, Text } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { client } from '#renderer/state/client.ts'
import { problemOf } from '#renderer/state/problems.ts'
import { orpc } from '#renderer/state/queries.ts'
import { ErrorNotice } from '#renderer/ui/error-notice.tsx'

/** A model's files go for good; annotations it made stay. */
export function RemoveModelDialog({
  id,
  name,
  close,
}: {
  id: string
  name: string
  close: () => void
}) {
  const { t } = useTranslation('models')
  const cache = useQueryClient()
  const remove = useMutation({
    mutationFn: () => client.models.remove({ id }),
    onSuccess: () => {
      void cache.invalidateQueries({ queryKey: orpc.models.key() })
      void cache.invalidateQueries({ queryKey: orpc.functions.key() })
      close()
    },
  })
  return (
    <Modal opened onClose={close} title={t('removeTitle')}>
      <Text size="sm">{t('removeSure', { name })}</Text>
      {remove.error && <ErrorNotice problem={problemOf(remove.error)} />}
      <Group justify="flex-end" mt="lg">
        <Button variant="default" onClick={close} data-autofocus>
          {t('cancel')}
        </Button>
        <Button color="red.8" loading={remove.isPending} onClick={() => remove.mutate()}>
          {t('remove')}
        </Button>
      </Group>
    </Modal>
  )
}
