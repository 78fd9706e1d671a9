import { Button, Group, Modal, TextInput } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { client } from '#renderer/state/client.ts'
import type { DialogRequest } from '#renderer/state/dialogs.ts'
import { problemOf } from '#renderer/state/problems.ts'
import { ErrorNotice } from '#renderer/ui/error-notice.tsx'

type Rename = Extract<DialogRequest, { kind: 'rename' }>

export function RenameDialog({ request, close }: { request: Rename; close: () => void }) {
  const { t } = useTranslation('common')
  const [name, setName] = useState(request.name)
  const save = useMutation({ mutationFn: () => rename(request, name.trim()), onSuccess: close })
  return (
    <Modal
      opened
      onClose={close}
      title={t(request.what === 'task' ? 'renameTask' : 'renameProject')}
    >
      <form
        onSubmit={(event) => {
          event.preventDefault()
          if (name.trim()) save.mutate()
        }}
      >
        <TextInput
          data-autofocus
          label={t('name')}
          value={name}
          onChange={(event) => setName(event.currentTarget.value)}
          onFocus={(event) => event.currentTarget.select()}
          mb="md"
        />
        {save.error && <ErrorNotice problem={problemOf(save.error)} />}
        <Group justify="flex-end" mt="md">
          <Button variant="default" onClick={close}>
            {t('cancel')}
          </Button>
          <Button type="submit" loading={save.isPending} disabled={name.trim() === ''}>
            {t('rename')}
          </Button>
        </Group>
      </form>
    </Modal>
  )
}

async function rename(request: Rename, name: string): Promise<void> {
  if (request.what === 'task') await client.tasks.update({ id: request.id, name })
  else await client.projects.update({ id: request.id, name })
}
