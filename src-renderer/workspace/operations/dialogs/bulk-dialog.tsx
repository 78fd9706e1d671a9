import { Button, Group, Modal } from '@mantine/core'
import { type ReactNode, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { RequestProgress } from '#renderer/features/datasets/request-progress.tsx'
import { problemOf } from '#renderer/state/problems.ts'
import { ErrorNotice } from '#renderer/ui/error-notice.tsx'
import { notifyDone } from '#renderer/ui/notify.tsx'
import { type Bulk, type BulkReport, bulkReportSchema } from '#shared/domain/bulk.ts'
import type { RequestId } from '#shared/domain/ids.ts'
import { BulkOutcome } from './bulk-outcome.tsx'
import classes from './dialogs.module.css'
import { PreviewPanel } from './preview-panel.tsx'
import { useReportText } from './report-text.ts'
import { useBulkPreview, useBulkRun } from './use-bulk.ts'

interface Props {
  readonly title: string
  readonly size: number
  /** null while the form is not complete. */
  readonly bulk: Bulk | null
  readonly verb: string
  readonly isDangerous?: boolean
  readonly close: () => void
  readonly children: ReactNode
}

/** A form, what it would do, and doing it: at once, or with the progress of a request. */
export function BulkDialog(props: Props) {
  const { title, size, bulk, close } = props
  const { t } = useTranslation('operations')
  const [requestId, setRequestId] = useState<RequestId | null>(null)
  const { preview, isCurrent, problem } = useBulkPreview(requestId === null ? bulk : null)
  const run = useBulkRun()
  const reportText = useReportText()
  const finish = (report: BulkReport) => {
    notifyDone(reportText(report))
    close()
  }
  const start = async () => {
    if (!bulk) return
    const started = await run.mutateAsync(bulk)
    if (started.report) finish(started.report)
    else setRequestId(started.requestId)
  }
  const isNothing = isCurrent && preview !== null && preview.changed === 0
  return (
    <Modal opened onClose={close} title={title} size={size}>
      {requestId === null ? (
        <form
          className={classes.form}
          onSubmit={(event) => {
            event.preventDefault()
            // Enter in a field is no consent to lose something: that wants the button itself.
            const { submitter } = event.nativeEvent as SubmitEvent
            if (props.isDangerous && submitter !== document.activeElement) return
            if (bulk && !isNothing && !run.isPending) start().catch(() => undefined)
          }}
        >
          {props.children}
          <PreviewPanel bulk={bulk} preview={preview} isCurrent={isCurrent} />
          {problem && <ErrorNotice problem={problem} />}
          {run.error && <ErrorNotice problem={problemOf(run.error)} />}
          <Group justify="flex-end">
            <Button variant="default" onClick={close}>
              {t('cancel')}
            </Button>
            <Button
              type="submit"
              {...(props.isDangerous ? { color: 'red' } : {})}
              disabled={!bulk || isNothing}
              loading={run.isPending}
            >
              {props.verb}
            </Button>
          </Group>
        </form>
      ) : (
        <RequestProgress id={requestId} close={close} again={() => setRequestId(null)}>
          {({ result }) => <BulkOutcome report={bulkReportSchema.parse(result)} close={close} />}
        </RequestProgress>
      )}
    </Modal>
  )
}
