import { Button, Group, List, Modal, Select, Stack, Text, TextInput } from '@mantine/core'
import { useMutation, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { client } from '#renderer/state/client.ts'
import { pickPaths } from '#renderer/state/pick.ts'
import { problemOf } from '#renderer/state/problems.ts'
import { queries } from '#renderer/state/queries.ts'
import { ErrorNotice } from '#renderer/ui/error-notice.tsx'
import type { TaskId } from '#shared/domain/ids.ts'

/** Say where moved media are now. */
export function RelinkDialog({ taskId, close }: { taskId: TaskId; close: () => void }) {
  const { t } = useTranslation(['tasks', 'common'])
  const { data: task } = useQuery(queries.task(taskId))
  const [from, setFrom] = useState<string | null>(null)
  const [to, setTo] = useState('')
  const relink = useMutation({
    mutationFn: () => client.tasks.relink({ id: taskId, to: to.trim(), ...(from && { from }) }),
  })
  const isDone = relink.data?.stillMissingCount === 0
  const browse = async () => {
    const paths = await pickPaths({ mode: 'folder', title: t('tasks:relinkTo') })
    if (paths?.[0]) setTo(paths[0])
  }
  return (
    <Modal opened onClose={close} title={t('tasks:relinkTitle', { name: task?.name ?? '' })}>
      <form
        onSubmit={(event) => {
          event.preventDefault()
          if (to.trim()) relink.mutate()
        }}
      >
        <Stack gap="md">
          <Text size="sm" c="dimmed">
            {t('tasks:relinkHint')}
          </Text>
          {task && task.mediaPaths.length > 1 && (
            <Select
              label={t('tasks:relinkFrom')}
              placeholder={t('tasks:relinkAll')}
              clearable
              data={[...task.mediaPaths]}
              value={from}
              onChange={setFrom}
            />
          )}
          <Group align="flex-end" wrap="nowrap">
            <TextInput
              data-autofocus
              flex={1}
              label={t('tasks:relinkTo')}
              value={to}
              onChange={(event) => setTo(event.currentTarget.value)}
            />
            <Button variant="default" onClick={() => void browse()}>
              {t('common:browse')}
            </Button>
          </Group>
          {relink.error && <ErrorNotice problem={problemOf(relink.error)} />}
          {relink.data && <Found {...relink.data} />}
          <Group justify="flex-end">
            <Button variant={isDone ? 'filled' : 'default'} onClick={close}>
              {t('common:close')}
            </Button>
            <Button
              type="submit"
              variant={isDone ? 'default' : 'filled'}
              disabled={to.trim() === ''}
              loading={relink.isPending}
            >
              {t('tasks:relinkNow')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  )
}

interface FoundProps {
  readonly found: number
  readonly stillMissing: readonly string[]
  readonly stillMissingCount: number
}

function Found({ found, stillMissing, stillMissingCount }: FoundProps) {
  const { t } = useTranslation('tasks')
  return (
    <div role="status">
      <Text size="sm" fw={500}>
        {t('relinkFound', { count: found })}
      </Text>
      {stillMissingCount > 0 && (
        <>
          <Text size="sm">{t('relinkMissing', { count: stillMissingCount })}</Text>
          <List size="sm" mah={160} style={{ overflow: 'auto' }} className="fm-selectable">
            {stillMissing.map((name) => (
              <List.Item key={name}>{name}</List.Item>
            ))}
          </List>
        </>
      )}
    </div>
  )
}
