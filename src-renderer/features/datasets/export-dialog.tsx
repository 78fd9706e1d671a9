import { Button, Checkbox, Group, Modal, SegmentedControl, Stack, TextInput } from '@mantine/core'
import { useMutation, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { client } from '#renderer/state/client.ts'
import { pickPaths } from '#renderer/state/pick.ts'
import { problemOf } from '#renderer/state/problems.ts'
import { queries } from '#renderer/state/queries.ts'
import { ErrorNotice } from '#renderer/ui/error-notice.tsx'
import { formatNumber } from '#renderer/ui/format.ts'
import type { JobId, TaskId } from '#shared/domain/ids.ts'
import type { Job, Task } from '#shared/domain/task.ts'
import { ExportDone } from './export-done.tsx'
import { exportFileName } from './export-file-name.ts'
import { FormatPicker } from './format-picker.tsx'
import { lastFormat, rememberFormat } from './last-format.ts'
import { LossReport } from './loss-report.tsx'
import { RequestProgress } from './request-progress.tsx'

interface Props {
  readonly taskId: TaskId
  readonly close: () => void
}

interface Wanted {
  readonly jobId: JobId | null
  readonly format: string
  readonly path: string | null
  readonly withImages: boolean
}

/**
 * Export: choose a format, see what it cannot hold, say where, then watch it being written.
 * @param jobId  asked for from this job: it, or the whole task, as the person likes
 */
export function ExportDialog({ taskId, jobId, close }: Props & { jobId?: JobId | undefined }) {
  const { t } = useTranslation('datasets')
  const { data: task } = useQuery(queries.task(taskId))
  const mode = task?.mode ?? 'annotation'
  const start = useMutation({
    mutationFn: (input: Wanted) => {
      rememberFormat(mode, input.format)
      return client.datasets.export({ taskId, ...input })
    },
  })
  return (
    <Modal opened onClose={close} size={620} title={t('exportTitle', { name: task?.name ?? '' })}>
      {start.data ? (
        <RequestProgress id={start.data.requestId} close={close} again={start.reset}>
          {(request) => <ExportDone request={request} close={close} />}
        </RequestProgress>
      ) : (
        <ExportForm
          taskId={taskId}
          job={task?.jobs.find(({ id }) => id === jobId) ?? null}
          taskName={task?.name ?? ''}
          mode={mode}
          error={start.error}
          pending={start.isPending}
          onExport={start.mutate}
          close={close}
        />
      )}
    </Modal>
  )
}

interface FormProps extends Props {
  readonly job: Job | null
  readonly taskName: string
  readonly mode: Task['mode']
  readonly error: Error | null
  readonly pending: boolean
  readonly onExport: (input: Wanted) => void
}

function ExportForm({ taskId, job, taskName, mode, error, pending, onExport, close }: FormProps) {
  const { t } = useTranslation('datasets')
  const { data: formats, error: formatsError } = useQuery(queries.formats())
  const [chosen, setFormat] = useState<string | null>(null)
  const wanted = chosen ?? lastFormat(mode)
  const [withImages, setWithImages] = useState(false)
  const [scope, setScope] = useState<'job' | 'task'>('job')
  const jobId = scope === 'job' && job ? job.id : null
  const [path, setPath] = useState('')
  const exporters = formats?.filter((format) => format.export) ?? []
  const format = exporters.find(({ name }) => name === wanted) ?? exporters[0]
  const browse = async () => {
    const name = jobId === null ? taskName : t('jobFileName', { name: taskName, id: jobId })
    const fileName = exportFileName(name, format?.name ?? '', format?.extension ?? 'zip')
    const paths = await pickPaths({ mode: 'save', title: t('file'), fileName })
    if (paths?.[0]) setPath(paths[0])
  }
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault()
        if (format) onExport({ jobId, format: format.name, path: path.trim() || null, withImages })
      }}
    >
      <Stack gap="md">
        {formatsError && <ErrorNotice problem={problemOf(formatsError)} />}
        {job && <ScopePicker job={job} scope={scope} setScope={setScope} />}
        <FormatPicker formats={exporters} value={format?.name ?? ''} onChange={setFormat} />
        {format && <LossReport taskId={taskId} jobId={jobId} format={format.name} />}
        <Checkbox
          label={t('saveImages')}
          description={t('saveImagesHint')}
          checked={withImages}
          onChange={(event) => setWithImages(event.currentTarget.checked)}
        />
        <Group align="flex-end" wrap="nowrap">
          <TextInput
            flex={1}
            label={t('file')}
            placeholder={t('fileDefault')}
            value={path}
            onChange={(event) => setPath(event.currentTarget.value)}
          />
          <Button variant="default" onClick={() => void browse()}>
            {t('browse')}
          </Button>
        </Group>
        {error && <ErrorNotice problem={problemOf(error)} />}
        <Group justify="flex-end">
          <Button variant="default" onClick={close}>
            {t('cancel')}
          </Button>
          <Button type="submit" loading={pending} disabled={!format}>
            {t('exportNow')}
          </Button>
        </Group>
      </Stack>
    </form>
  )
}

interface ScopeProps {
  readonly job: Job
  readonly scope: 'job' | 'task'
  readonly setScope: (scope: 'job' | 'task') => void
}

function ScopePicker({ job, scope, setScope }: ScopeProps) {
  const { t } = useTranslation('datasets')
  const range = { from: formatNumber(job.startFrame), to: formatNumber(job.stopFrame) }
  return (
    <SegmentedControl
      fullWidth
      aria-label={t('exportScope')}
      value={scope}
      data={[
        { value: 'job', label: t('scopeJob', { id: job.id, ...range }) },
        { value: 'task', label: t('scopeTask') },
      ]}
      onChange={(value) => setScope(value === 'task' ? 'task' : 'job')}
    />
  )
}
