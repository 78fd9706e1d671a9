import { Button, Group, Stack, Text } from '@mantine/core'
import { IconCircleCheck } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { navigate } from 'wouter/use-browser-location'
import { runAction } from '#renderer/state/actions.ts'
import { counted, formatNumber } from '#renderer/ui/format.ts'
import {
  type AnnotateReport,
  annotateReportSchema,
  linkReportSchema,
} from '#shared/domain/annotate-report.ts'
import type { TaskId } from '#shared/domain/ids.ts'
import type { WorkRequest } from '#shared/domain/request.ts'
import classes from './automatic-annotation.module.css'

interface Props {
  readonly request: WorkRequest
  readonly taskId: TaskId
  readonly close: () => void
  readonly again: () => void
}

/** What came of it, and where to look at it. */
export function RunDone({ request, taskId, close, again }: Props) {
  const { t } = useTranslation('automatic-annotation')
  const annotated = annotateReportSchema.safeParse(request.result).data
  const linked = linkReportSchema.safeParse(request.result).data
  const arePredictions = annotated?.as === 'predictions' && annotated.found > 0
  const isHere = isOnScreen(taskId)
  const show = () => {
    close()
    const href = `/tasks/${taskId}/annotate`
    if (arePredictions && isHere && runAction('predictions.list')) return
    if (!isHere) navigate(arePredictions ? `${href}?panel=predictions` : href)
  }
  return (
    <Stack gap="md">
      {annotated && <Annotated report={annotated} />}
      {linked && (
        <>
          <Done>
            {t(linked.preview ? 'wouldLink' : 'linked', {
              tracks: t('trackCount', counted(linked.tracks)),
              linked: formatNumber(linked.linked),
              boxes: t('boxCount', counted(linked.preview ? linked.boxes : linked.linked)),
            })}{' '}
            {linked.singles > 0 && t('singles', counted(linked.singles))}
          </Done>
          <Failures of={linked} />
        </>
      )}
      <Group justify="flex-end">
        <Button variant="default" onClick={again}>
          {t('runAnother')}
        </Button>
        {(arePredictions || !isHere) && (
          <Button variant="default" onClick={close}>
            {t('close')}
          </Button>
        )}
        <Button onClick={show} data-autofocus>
          {t(arePredictions ? 'lookThrough' : isHere ? 'close' : 'openTask')}
        </Button>
      </Group>
    </Stack>
  )
}

function Annotated({ report }: { report: AnnotateReport }) {
  const { t } = useTranslation('automatic-annotation')
  const { as, found, frames, seconds, removed, notes } = report
  const rate = seconds > 0 ? frames / seconds : 0
  return (
    <>
      <Done>
        <strong>
          {t(`found-${as}`, {
            found: t(as === 'predictions' ? 'predictionCount' : 'annotationCount', counted(found)),
            frames: t('frameCount', counted(frames)),
          })}
        </strong>{' '}
        {t('took', {
          seconds: formatNumber(Math.round(seconds * 10) / 10),
          rate: rate >= 10 ? formatNumber(Math.round(rate)) : rate.toFixed(1),
        })}{' '}
        {removed > 0 && t('removed', counted(removed))}
      </Done>
      {notes.length > 0 && (
        <ul className={classes.notes}>
          {notes.map((note) => (
            <li key={note}>{note}</li>
          ))}
        </ul>
      )}
      <Failures of={report} />
    </>
  )
}

function Done({ children }: { children: ReactNode }) {
  return (
    <div className={classes.done} role="status">
      <IconCircleCheck size={17} />
      <Text size="sm">{children}</Text>
    </div>
  )
}

/** Frames that could not be looked at, by name. */
function Failures({
  of: { failedCount, failed },
}: {
  of: Pick<AnnotateReport, 'failedCount' | 'failed'>
}) {
  const { t } = useTranslation('automatic-annotation')
  if (failedCount === 0) return null
  return (
    <div className={classes.failures} role="alert">
      <strong>{t('failedFrames', counted(failedCount))}</strong>
      <ul>
        {failed.map(({ frame, name, problem }) => (
          <li key={frame}>
            <span className="fm-selectable">{name}</span> {problem}
          </li>
        ))}
      </ul>
    </div>
  )
}

/** The workspace of the task is open behind the dialog. */
const isOnScreen = (taskId: TaskId): boolean =>
  new RegExp(`^/tasks/${taskId}/(annotate|jobs/)`).test(window.location.pathname)
