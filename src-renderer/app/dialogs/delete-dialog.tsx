import { Button, Group, Modal, Text } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { navigate } from 'wouter/use-browser-location'
import { client } from '#renderer/state/client.ts'
import type { DialogRequest } from '#renderer/state/dialogs.ts'
import { problemOf } from '#renderer/state/problems.ts'
import { ErrorNotice } from '#renderer/ui/error-notice.tsx'
import { notifyDone } from '#renderer/ui/notify.tsx'

type Delete = Extract<DialogRequest, { kind: 'delete' }>

/** One clear sentence says what goes and what stays; the safe button has the focus. */
export function DeleteDialog({ request, close }: { request: Delete; close: () => void }) {
  const { t } = useTranslation('common')
  const remove = useMutation({
    mutationFn: () => removeIt(request),
    onSuccess: () => {
      close()
      notifyDone(t('deleted', { name: request.name }))
      leavePageOf(request)
    },
  })
  const sure =
    request.what === 'task'
      ? t('deleteTaskSure', { name: request.name })
      : t('deleteProjectSure', { name: request.name, count: request.taskCount })
  return (
    <Modal
      opened
      onClose={close}
      title={t(request.what === 'task' ? 'deleteTask' : 'deleteProject')}
    >
      <Text size="sm" mb="md">
        {sure}
      </Text>
      {remove.error && <ErrorNotice problem={problemOf(remove.error)} />}
      <Group justify="flex-end" mt="lg">
        <Button variant="default" onClick={close} data-autofocus>
          {t('cancel')}
        </Button>
        <Button color="red.8" loading={remove.isPending} onClick={() => remove.mutate()}>
          {t('delete')}
        </Button>
      </Group>
    </Modal>
  )
}

async function removeIt(request: Delete): Promise<void> {
  if (request.what === 'task') await client.tasks.delete({ id: request.id })
  else await client.projects.delete({ id: request.id })
}

/** The page of what is gone leads nowhere. */
function leavePageOf({ what, id }: Delete): void {
  const page = `/${what}s/${id}`
  const { pathname } = window.location
  if (pathname === page || pathname.startsWith(`${page}/`)) navigate(`/${what}s`)
}
