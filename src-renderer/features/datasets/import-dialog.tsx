import { Button, Group, Modal, Radio, Select, Stack } from '@mantine/core'
import { useMutation, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { client } from '#renderer/state/client.ts'
import { problemOf } from '#renderer/state/problems.ts'
import { queries } from '#renderer/state/queries.ts'
import { ErrorNotice } from '#renderer/ui/error-notice.tsx'
import type { TaskId } from '#shared/domain/ids.ts'
import type { Task } from '#shared/domain/task.ts'
import { FileField } from './file-field.tsx'
import { ImportDone } from './import-done.tsx'
import { lastFormat, rememberFormat } from './last-format.ts'
import { likelyFormat } from './likely-format.ts'
import { RequestProgress } from './request-progress.tsx'

interface Props {
  readonly taskId: TaskId
  readonly path: string | null
  readonly close: () => void
}

interface ImportInput {
  readonly format: string
  readonly path: string
  readonly mode: 'replace' | 'add'
}

/** Import: which file, in which format, and what becomes of what is there already. */
export function ImportDialog({ taskId, path, close }: Props) {
  const { t } = useTranslation('datasets')
  const { data: task } = useQuery(queries.task(taskId))
  const taskMode = task?.mode ?? 'annotation'
  const [last, setLast] = useState<Partial<ImportInput>>({ path: path ?? '' })
  const start = useMutation({
    mutationFn: (input: ImportInput) => {
      setLast(input)
      rememberFormat(taskMode, input.format)
      return client.datasets.import({ taskId, ...input })
    },
  })
  return (
    <Modal opened onClose={close} size={560} title={t('importTitle', { name: task?.name ?? '' })}>
      {start.data ? (
        <RequestProgress id={start.data.requestId} close={close} again={start.reset}>
          {(request) => <ImportDone request={request} taskId={taskId} close={close} />}
        </RequestProgress>
      ) : (
        <ImportForm
          initial={last}
          taskMode={taskMode}
          hasAnnotations={(task?.objectCount ?? 0) > 0}
          error={start.error}
          pending={start.isPending}
          onImport={start.mutate}
          close={close}
        />
      )}
    </Modal>
  )
}

interface FormProps {
  /** What was asked for before: "try again" starts from there. */
  readonly initial: Partial<ImportInput>
  readonly taskMode: Task['mode']
  readonly hasAnnotations: boolean
  readonly error: Error | null
  readonly pending: boolean
  readonly onImport: (input: ImportInput) => void
  readonly close: () => void
}

function ImportForm({
  initial,
  taskMode,
  hasAnnotations,
  error,
  pending,
  onImport,
  close,
}: FormProps) {
  const { t } = useTranslation('datasets')
  const { data: formats, error: formatsError } = useQuery(queries.formats())
  const [chosen, setFormat] = useState(initial.format ?? likelyFormat(initial.path ?? ''))
  const wanted = chosen ?? lastFormat(taskMode)
  const [path, setPath] = useState(initial.path ?? '')
  const [mode, setMode] = useState<'replace' | 'add'>(initial.mode ?? 'replace')
  const choosePath = (chosenPath: string) => {
    setPath(chosenPath)
    const likely = likelyFormat(chosenPath)
    if (likely) setFormat(likely)
  }
  const importers = formats?.filter((format) => format.import) ?? []
  const format = importers.find(({ name }) => name === wanted) ?? importers[0]
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault()
        if (format && path.trim()) onImport({ format: format.name, path: path.trim(), mode })
      }}
    >
      <Stack gap="md">
        {formatsError && <ErrorNotice problem={problemOf(formatsError)} />}
        <FileField value={path} onChange={choosePath} />
        <Select
          label={t('format')}
          description={format?.description}
          allowDeselect={false}
          value={format?.name ?? null}
          data={importers.map(({ name }) => name)}
          onChange={(name) => name && setFormat(name)}
        />
        {hasAnnotations && (
          <Radio.Group
            label={t('mode')}
            value={mode}
            onChange={(value) => setMode(value === 'add' ? 'add' : 'replace')}
          >
            <Stack gap="xs" mt="xs">
              <Radio value="replace" label={t('modeReplace')} description={t('modeReplaceHint')} />
              <Radio value="add" label={t('modeAdd')} description={t('modeAddHint')} />
            </Stack>
          </Radio.Group>
        )}
        {error && <ErrorNotice problem={problemOf(error)} />}
        <Group justify="flex-end">
          <Button variant="default" onClick={close}>
            {t('cancel')}
          </Button>
          <Button type="submit" loading={pending} disabled={!format || path.trim() === ''}>
            {t('importNow')}
          </Button>
        </Group>
      </Stack>
    </form>
  )
}
