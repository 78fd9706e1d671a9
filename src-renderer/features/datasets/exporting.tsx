import { Modal } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { client } from '#renderer/state/client.ts'
import { ExportDone } from './export-done.tsx'
import { ExportForm } from './export-form.tsx'
import type { ExportWish } from './export-scope.ts'
import { rememberFormat } from './last-format.ts'
import { RequestProgress } from './request-progress.tsx'
import { Step } from './step.tsx'

interface ExportingProps {
  readonly name: string
  readonly mode: 'annotation' | 'interpolation'
  readonly close: () => void
  readonly children: Pick<Parameters<typeof ExportForm>[0], 'scope' | 'job' | 'subsets'>
}

/** The form, then how far it is, then what came of it. */
export function Exporting({ name, mode, close, children }: ExportingProps) {
  const { t } = useTranslation('datasets')
  const start = useMutation({
    mutationFn: (wish: ExportWish) => {
      rememberFormat(mode, wish.format)
      return startExport(wish)
    },
  })
  return (
    <Modal opened onClose={close} size={start.data ? 620 : 860} title={t('exportTitle', { name })}>
      <Step of="form" hidden={start.data !== undefined}>
        <ExportForm
          {...children}
          name={name}
          mode={mode}
          error={start.error}
          pending={start.isPending}
          onExport={start.mutate}
          close={close}
        />
      </Step>
      {start.data && (
        <RequestProgress id={start.data.requestId} close={close} again={start.reset}>
          {(request) => <ExportDone request={request} close={close} />}
        </RequestProgress>
      )}
    </Modal>
  )
}

function startExport({ scope, ...options }: ExportWish) {
  if ('taskId' in scope) return client.datasets.export({ ...scope, ...options })
  const subsets = scope.subsets === null ? null : [...scope.subsets]
  return client.datasets.exportProject({ projectId: scope.projectId, subsets, ...options })
}
