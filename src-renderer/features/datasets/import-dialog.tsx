import { Modal } from '@mantine/core'
import { useMutation, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { client } from '#renderer/state/client.ts'
import { queries } from '#renderer/state/queries.ts'
import type { TaskId } from '#shared/domain/ids.ts'
import { importPreviewSchema } from '#shared/domain/import-preview.ts'
import { ImportDone } from './import-done.tsx'
import { ImportFile } from './import-file.tsx'
import { ImportPreview } from './import-preview.tsx'
import type { ImportWish } from './import-wish.ts'
import { rememberFormat } from './last-format.ts'
import { RequestProgress } from './request-progress.tsx'

interface Props {
  readonly taskId: TaskId
  readonly path: string | null
  readonly close: () => void
}

/**
 * Import in three steps: which file, what it would do here (labels can be sent elsewhere, and looked at again), and then
 * doing it. Nothing changes before the last.
 */
export function ImportDialog({ taskId, path, close }: Props) {
  const { t } = useTranslation('datasets')
  const { data: task } = useQuery(queries.task(taskId))
  const [wish, setWish] = useState<ImportWish>(() => firstWish(path ?? ''))
  const look = useMutation({
    mutationFn: (wanted: ImportWish) => client.datasets.previewImport({ taskId, ...wanted }),
  })
  const start = useMutation({
    mutationFn: (wanted: ImportWish) => {
      if (wanted.format !== null) rememberFormat(task?.mode ?? 'annotation', wanted.format)
      return client.datasets.import({ taskId, ...wanted })
    },
  })
  const lookAt = (wanted: ImportWish) => {
    setWish(wanted)
    look.mutate(wanted)
  }
  const startOver = () => {
    look.reset()
    start.reset()
  }
  const title = t('importTitle', { name: task?.name ?? '' })
  return (
    <Modal opened onClose={close} size={look.data && !start.data ? 760 : 560} title={title}>
      {start.data ? (
        <RequestProgress id={start.data.requestId} close={close} again={start.reset}>
          {(request) => <ImportDone request={request} taskId={taskId} close={close} />}
        </RequestProgress>
      ) : look.data ? (
        <RequestProgress id={look.data.requestId} close={close} again={startOver}>
          {(request) => {
            const preview = importPreviewSchema.safeParse(request.result)
            if (!preview.success) return null
            return (
              <ImportPreview
                preview={preview.data}
                wish={{ ...wish, format: preview.data.format }}
                labels={task?.labels ?? []}
                error={start.error}
                pending={start.isPending}
                onLook={lookAt}
                onImport={start.mutate}
                onBack={startOver}
              />
            )
          }}
        </RequestProgress>
      ) : (
        <ImportFile
          initial={wish}
          error={look.error}
          pending={look.isPending}
          onNext={(file) => lookAt({ ...firstWish(file.path), ...file })}
          close={close}
        />
      )}
    </Modal>
  )
}

function firstWish(path: string): ImportWish {
  return { path, format: null, mode: 'replace', labels: {}, createLabels: [] }
}
