import { Button, Group, Modal } from '@mantine/core'
import { useMutation, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { client } from '#renderer/state/client.ts'
import type { DialogRequest } from '#renderer/state/dialogs.ts'
import { problemOf } from '#renderer/state/problems.ts'
import { ErrorNotice } from '#renderer/ui/error-notice.tsx'
import type { Label } from '#shared/domain/label.ts'
import { toRawLabels } from '#shared/domain/parse-raw-labels.ts'
import type { RawLabel } from '#shared/domain/raw-label.ts'
import { LabelEditor } from './label-editor.tsx'

type Owner = Extract<DialogRequest, { kind: 'labels' }>['owner']
interface Props {
  readonly owner: Owner
  readonly close: () => void
}

/** Edit the labels of a task or a project. Nothing is stored before Done. */
export function LabelsDialog({ owner, close }: Props) {
  const { t } = useTranslation('labels')
  const key = 'taskId' in owner ? owner.taskId : owner.projectId
  // Fresh from the core, never the cache: ids of labels another window added must not be lost.
  const { data, error, refetch } = useQuery({
    queryKey: ['labels-dialog', 'taskId' in owner ? 'task' : 'project', key],
    queryFn: () => loadOwner(owner),
    staleTime: 0,
    gcTime: 0,
  })
  // Half-typed JSON and a skeleton under construction must not be lost by a slip of the Escape key.
  const [valid, setValid] = useState(true)
  // Opened with its content, so that the focus goes to the first field and not to the close button.
  if (!data && !error) return null
  return (
    <Modal
      opened
      onClose={close}
      closeOnEscape={valid}
      size={820}
      title={t('title', { name: data?.name ?? '' })}
    >
      {error && <ErrorNotice problem={problemOf(error)} onRetry={() => void refetch()} />}
      {data && <Form {...{ owner, close, valid, setValid }} stored={data.labels} />}
    </Modal>
  )
}

interface FormProps extends Props {
  readonly stored: readonly Label[]
  readonly valid: boolean
  readonly setValid: (valid: boolean) => void
}

function Form({ owner, stored, close, valid, setValid }: FormProps) {
  const { t } = useTranslation('labels')
  const [labels, setLabels] = useState<readonly RawLabel[]>(() => toRawLabels(stored))
  // A new key starts the editor over, raw text and all.
  const [round, setRound] = useState(0)
  const save = useMutation({ mutationFn: () => store(owner, labels), onSuccess: close })
  const change = (next: readonly RawLabel[]) => {
    setLabels(next)
    // What the core refused is no longer what is on the screen.
    save.reset()
  }
  const reset = () => {
    setLabels(toRawLabels(stored))
    setValid(true)
    setRound((n) => n + 1)
    save.reset()
  }
  return (
    <>
      <LabelEditor
        key={round}
        value={labels}
        onChange={change}
        onValid={setValid}
        onDone={() => save.mutate()}
      />
      {save.error && (
        <div style={{ marginTop: 12 }}>
          <ErrorNotice problem={problemOf(save.error)} />
        </div>
      )}
      <Group justify="flex-end" mt="lg">
        <Button variant="subtle" color="gray" mr="auto" onClick={reset}>
          {t('reset')}
        </Button>
        <Button variant="default" onClick={close}>
          {t('cancel')}
        </Button>
        <Button disabled={!valid} loading={save.isPending} onClick={() => save.mutate()}>
          {t('done')}
        </Button>
      </Group>
    </>
  )
}

async function loadOwner(owner: Owner): Promise<{ name: string; labels: readonly Label[] }> {
  if ('taskId' in owner) return client.tasks.get({ id: owner.taskId })
  return client.projects.get({ id: owner.projectId })
}

async function store(owner: Owner, labels: readonly RawLabel[]): Promise<void> {
  if ('taskId' in owner) await client.tasks.update({ id: owner.taskId, labels: [...labels] })
  else await client.projects.update({ id: owner.projectId, labels: [...labels] })
}
