import { Button, Checkbox, Group, Modal, Stack, TextInput } from '@mantine/core'
import { useMutation, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { client } from '#renderer/state/client.ts'
import { pickPaths } from '#renderer/state/pick.ts'
import { problemOf } from '#renderer/state/problems.ts'
import { queries } from '#renderer/state/queries.ts'
import { ErrorNotice } from '#renderer/ui/error-notice.tsx'
import type { TaskId } from '#shared/domain/ids.ts'
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

/** Export: choose a format, see what it cannot hold, say where, then watch it being written. */
export function ExportDialog({ taskId, close }: Props) {
  const { t } = useTranslation('datasets')
  const { data: task } = useQuery(queries.task(taskId))
  const start = useMutation({
    mutationFn: (input: { format: string; path: string | null; withImages: boolean }) => {
      rememberFormat(input.format)
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
          taskName={task?.name ?? ''}
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
  readonly taskName: string
  readonly error: Error | null
  readonly pending: boolean
  readonly onExport: (input: { format: string; path: string | null; withImages: boolean }) => void
}

function ExportForm({ taskId, taskName, error, pending, onExport, close }: FormProps) {
  const { t } = useTranslation('datasets')
  const { data: formats, error: formatsError } = useQuery(queries.formats())
  const [chosen, setFormat] = useState(lastFormat)
  const [withImages, setWithImages] = useState(false)
  const [path, setPath] = useState('')
  const exporters = formats?.filter((format) => format.export) ?? []
  const format = exporters.find(({ name }) => name === chosen) ?? exporters[0]
  const browse = async () => {
    const fileName = exportFileName(taskName, format?.name ?? '', format?.extension ?? 'zip')
    const paths = await pickPaths({ mode: 'save', title: t('file'), fileName })
    if (paths?.[0]) setPath(paths[0])
  }
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault()
        if (format) onExport({ format: format.name, path: path.trim() || null, withImages })
      }}
    >
      <Stack gap="md">
        {formatsError && <ErrorNotice problem={problemOf(formatsError)} />}
        <FormatPicker formats={exporters} value={format?.name ?? ''} onChange={setFormat} />
        {format && <LossReport taskId={taskId} format={format.name} />}
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
