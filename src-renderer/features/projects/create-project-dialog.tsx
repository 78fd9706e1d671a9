import { Button, Group, Input, Modal, Stack, TextInput } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { type ReactNode, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { navigate } from 'wouter/use-browser-location'
import { client } from '#renderer/state/client.ts'
import { problemOf } from '#renderer/state/problems.ts'
import { ErrorNotice } from '#renderer/ui/error-notice.tsx'
import type { RawLabel } from '#shared/domain/raw-label.ts'

interface LabelSlot {
  readonly value: readonly RawLabel[]
  readonly onChange: (labels: readonly RawLabel[]) => void
  readonly onValid: (valid: boolean) => void
}

interface Props {
  readonly close: () => void
  /** The label editor, which belongs to another feature. */
  readonly labels: (slot: LabelSlot) => ReactNode
}

export function CreateProjectDialog({ close, labels }: Props) {
  const { t } = useTranslation(['tasks', 'common'])
  const [name, setName] = useState('')
  const [bugTracker, setBugTracker] = useState('')
  const [list, setList] = useState<readonly RawLabel[]>([])
  const [valid, setValid] = useState(true)
  const create = useMutation({
    mutationFn: () =>
      client.projects.create({ name, bugTracker: bugTracker.trim(), labels: [...list] }),
    onSuccess: (project) => {
      close()
      navigate(`/projects/${project.id}`)
    },
  })
  const ready = valid && name.trim() !== ''
  return (
    <Modal opened onClose={close} closeOnEscape={valid} size={720} title={t('tasks:projectNew')}>
      <form
        onSubmit={(event) => {
          event.preventDefault()
          if (ready) create.mutate()
        }}
      >
        <Stack gap="md">
          <Group grow align="flex-start">
            <TextInput
              data-autofocus
              label={t('tasks:projectName')}
              value={name}
              onChange={(event) => setName(event.currentTarget.value)}
            />
            <TextInput
              label={t('tasks:issueTracker')}
              placeholder="https://"
              value={bugTracker}
              onChange={(event) => setBugTracker(event.currentTarget.value)}
            />
          </Group>
          <Input.Wrapper label={t('tasks:projectLabels')}>
            {labels({ value: list, onChange: setList, onValid: setValid })}
          </Input.Wrapper>
          {create.error && <ErrorNotice problem={problemOf(create.error)} />}
          <Group justify="flex-end">
            <Button variant="default" onClick={close}>
              {t('common:cancel')}
            </Button>
            <Button type="submit" disabled={!ready} loading={create.isPending}>
              {t('common:create')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  )
}
