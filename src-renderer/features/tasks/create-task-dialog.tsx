import { Autocomplete, Button, Group, Modal, Select, Stack, TextInput } from '@mantine/core'
import { useMutation, useQuery } from '@tanstack/react-query'
import { type ReactNode, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { navigate } from 'wouter/use-browser-location'
import { client } from '#renderer/state/client.ts'
import { problemOf } from '#renderer/state/problems.ts'
import { queries } from '#renderer/state/queries.ts'
import { ErrorNotice } from '#renderer/ui/error-notice.tsx'
import { notifyDone } from '#renderer/ui/notify.tsx'
import type { ProjectId } from '#shared/domain/ids.ts'
import type { RawLabel } from '#shared/domain/raw-label.ts'
import { AdvancedFields } from './advanced-fields.tsx'
import { type CreateForm, nameFromPaths, newForm, problemsOf, toInput } from './create-form.ts'
import { MediaField } from './media-field.tsx'
import classes from './tasks.module.css'

export interface LabelSlot {
  readonly value: readonly RawLabel[]
  readonly onChange: (labels: readonly RawLabel[]) => void
  readonly onValid: (valid: boolean) => void
}

interface Props {
  readonly projectId: ProjectId | null
  readonly paths: readonly string[]
  readonly close: () => void
  /** The label editor, which belongs to another feature. */
  readonly labels: (slot: LabelSlot) => ReactNode
}

/** The manual's create dialog. What is not touched is what opening a folder would do. */
export function CreateTaskDialog({ projectId, paths, close, labels }: Props) {
  const { t } = useTranslation(['tasks', 'common'])
  const [form, setForm] = useState(() => newForm(projectId, paths))
  const [labelsValid, setLabelsValid] = useState(true)
  const [tried, setTried] = useState(false)
  const { data: projects = [] } = useQuery(queries.projects())
  const set = (change: Partial<CreateForm>) => setForm((now) => ({ ...now, ...change }))
  const problems = problemsOf(form)
  const create = useMutation({
    mutationFn: (_then: 'open' | 'stay') => client.tasks.create(toInput(form)),
    onSuccess: ({ task }, then) => {
      close()
      if (then === 'open') navigate(`/tasks/${task.id}/annotate`)
      else notifyDone(t('tasks:created_toast', { name: task.name }))
    },
  })
  const submit = (then: 'open' | 'stay') => {
    setTried(true)
    if (labelsValid && Object.keys(problems).length === 0) create.mutate(then)
  }
  return (
    <Modal
      opened
      onClose={close}
      closeOnEscape={labelsValid}
      size={760}
      title={t('tasks:createTitle')}
    >
      <form
        onSubmit={(event) => {
          event.preventDefault()
          submit('open')
        }}
      >
        <Stack gap="md">
          <div className={classes.fields}>
            <TextInput
              data-autofocus
              label={t('tasks:name')}
              placeholder={nameFromPaths(form.paths) || t('tasks:namePlaceholder')}
              value={form.name}
              onChange={(event) => set({ name: event.currentTarget.value })}
            />
            <Select
              label={t('tasks:project')}
              placeholder={t('tasks:none')}
              clearable
              searchable
              value={form.projectId === null ? null : String(form.projectId)}
              data={projects.map(({ id, name }) => ({ value: String(id), label: name }))}
              onChange={(value) =>
                set({ projectId: projects.find(({ id }) => String(id) === value)?.id ?? null })
              }
            />
            <Autocomplete
              size="xs"
              label={t('tasks:subset')}
              placeholder={t('tasks:subsetPlaceholder')}
              data={['Train', 'Test', 'Validation']}
              value={form.subset}
              onChange={(subset) => set({ subset })}
            />
          </div>
          <MediaField
            paths={form.paths}
            onChange={(next) => set({ paths: next })}
            problem={tried && problems.paths ? t(`tasks:${problems.paths}`) : null}
          />
          {form.projectId === null && (
            <fieldset className={classes.fieldset}>
              <legend>{t('tasks:labels')}</legend>
              {labels({
                value: form.labels,
                onChange: (next) => set({ labels: next }),
                onValid: setLabelsValid,
              })}
            </fieldset>
          )}
          <AdvancedFields form={form} set={set} problems={problems} />
          {create.error && <ErrorNotice problem={problemOf(create.error)} />}
          <Group justify="flex-end">
            <Button variant="default" onClick={close}>
              {t('common:cancel')}
            </Button>
            <Button
              variant="default"
              disabled={!labelsValid}
              loading={create.isPending && create.variables === 'stay'}
              onClick={() => submit('stay')}
            >
              {t('tasks:createOnly')}
            </Button>
            <Button
              type="submit"
              disabled={!labelsValid}
              loading={create.isPending && create.variables === 'open'}
            >
              {t('tasks:createAndOpen')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  )
}
