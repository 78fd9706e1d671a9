import { Anchor } from '@mantine/core'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'wouter'
import { z } from 'zod'
import { counted, formatBytes, formatNumber } from '#renderer/ui/format.ts'
import { annotateReportSchema, linkReportSchema } from '#shared/domain/annotate-report.ts'
import { backupReportSchema, restoreReportSchema } from '#shared/domain/backup.ts'
import type { RequestId, TaskId } from '#shared/domain/ids.ts'
import {
  exportReportSchema,
  importReportSchema,
  projectImportReportSchema,
  type RequestKind,
  type WorkRequest,
} from '#shared/domain/request.ts'
import { sidecarReportSchema } from '#shared/domain/sidecar.ts'
import { trackReportSchema } from '#shared/domain/track-report.ts'
import classes from './requests.module.css'

/** How a kind's stored result is told; nothing where it is not what this version writes. */
const tellers: Partial<Readonly<Record<RequestKind, (request: WorkRequest) => ReactNode>>> = {
  'export-dataset': ({ id, result }) => written(id, exportReportSchema.safeParse(result)),
  'export-project': ({ id, result }) => written(id, exportReportSchema.safeParse(result)),
  backup: ({ id, result }) => written(id, backupReportSchema.safeParse(result)),
  'import-dataset': ({ result }) => <Imported result={result} />,
  'import-project': ({ result }) => <ImportedProject result={result} />,
  restore: ({ result }) => <Restored result={result} />,
  sidecar: ({ result }) => <InStep result={result} />,
  annotate: ({ result, taskId }) => <Annotated result={result} taskId={taskId} />,
  link: ({ result, taskId }) => <Linked result={result} taskId={taskId} />,
  track: ({ result }) => <Tracked result={result} />,
  'accept-predictions': ({ result }) => <Accepted result={result} />,
}

/** What a finished request did, in one line. */
export function Outcome({ request }: { request: WorkRequest }) {
  const told = tellers[request.kind]?.(request)
  return told ? <span className={classes.note}>{told}</span> : null
}

interface Parsed {
  readonly success: boolean
  readonly data?: { readonly path: string; readonly sizeBytes: number }
}

function written(id: RequestId, { data }: Parsed): ReactNode {
  return data && <WrittenFile id={id} {...data} />
}

function WrittenFile({ id, path, sizeBytes }: { id: RequestId; path: string; sizeBytes: number }) {
  const { t } = useTranslation('datasets')
  return (
    <>
      <Anchor size="xs" href={`/api/requests/${id}/file`} download title={path}>
        {t('download')}
      </Anchor>{' '}
      {formatBytes(sizeBytes)} · <span className="fm-selectable">{path}</span>
    </>
  )
}

function Imported({ result }: { result: unknown }) {
  const { t } = useTranslation('datasets')
  const { data } = importReportSchema.safeParse(result)
  if (!data) return null
  const { imported, matchedFrames, unmatchedCount } = data
  return (
    <>
      {t('importedLine', {
        annotations: t('lossCount', counted(imported)),
        frames: t('frameCount', counted(matchedFrames)),
      })}
      {unmatchedCount > 0 && ` ${t('unmatchedLine', { count: unmatchedCount })}`}
    </>
  )
}

function ImportedProject({ result }: { result: unknown }) {
  const { t } = useTranslation('datasets')
  const { data } = projectImportReportSchema.safeParse(result)
  if (!data) return null
  const { projectId, tasks, imported } = data
  return (
    <>
      {t('importProjectDone', {
        annotations: t('lossCount', counted(imported)),
        tasks: t('taskCount', counted(tasks.length)),
      })}{' '}
      · <Place href={`/projects/${projectId}`} />
    </>
  )
}

function Restored({ result }: { result: unknown }) {
  const { t } = useTranslation('datasets')
  const { data } = restoreReportSchema.safeParse(result)
  if (!data) return null
  const { projectId, tasks } = data
  const annotations = tasks.reduce((sum, task) => sum + task.annotations, 0)
  const href = projectId === null ? `/tasks/${tasks[0]?.id ?? ''}` : `/projects/${projectId}`
  return (
    <>
      {t('restoreDone', {
        tasks: t('taskCount', counted(tasks.length)),
        annotations: t('lossCount', counted(annotations)),
      })}{' '}
      · <Place href={href} />
    </>
  )
}

function InStep({ result }: { result: unknown }) {
  const { t } = useTranslation('datasets')
  const { data } = sidecarReportSchema.safeParse(result)
  if (!data) return null
  return t('sidecarPass', {
    written: t('fileCount', counted(data.written)),
    readIn: t('fileCount', counted(data.readIn)),
  })
}

function Annotated({ result, taskId }: { result: unknown; taskId: TaskId | null }) {
  const { t } = useTranslation('automatic-annotation')
  const { data } = annotateReportSchema.safeParse(result)
  if (!data) return null
  const { as, found, frames, failedCount } = data
  const arePredictions = as === 'predictions'
  return (
    <>
      {t(`found-${as}`, {
        found: t(arePredictions ? 'predictionCount' : 'annotationCount', counted(found)),
        frames: t('frameCount', counted(frames)),
      })}{' '}
      {failedCount > 0 && `${t('failedFrames', counted(failedCount))}. `}
      {taskId !== null && (
        <Place href={`/tasks/${taskId}/annotate${arePredictions ? '?panel=predictions' : ''}`} />
      )}
    </>
  )
}

function Linked({ result, taskId }: { result: unknown; taskId: TaskId | null }) {
  const { t } = useTranslation('automatic-annotation')
  const { data } = linkReportSchema.safeParse(result)
  if (!data) return null
  const { preview, tracks, linked, boxes } = data
  const words = { tracks: t('trackCount', counted(tracks)) }
  if (preview)
    return t('wouldLink', {
      ...words,
      linked: formatNumber(linked),
      boxes: t('boxCount', counted(boxes)),
    })
  return (
    <>
      {t('linked', { ...words, boxes: t('boxCount', counted(linked)) })}{' '}
      {taskId !== null && <Place href={`/tasks/${taskId}/annotate`} />}
    </>
  )
}

function Tracked({ result }: { result: unknown }) {
  const { t } = useTranslation('automatic-annotation')
  const { data } = trackReportSchema.safeParse(result)
  if (!data) return null
  const { tracked, frames, lost } = data
  const line = t('trackedLine', {
    tracks: t('trackCount', counted(tracked)),
    frames: t('frameCount', counted(frames)),
  })
  return lost > 0 ? `${line} ${t('lost', counted(lost))}` : line
}

const acceptedSchema = z.object({ count: z.int() })

function Accepted({ result }: { result: unknown }) {
  const { t } = useTranslation('automatic-annotation')
  const { data } = acceptedSchema.safeParse(result)
  return data && t('acceptedLine', { found: t('predictionCount', counted(data.count)) })
}

function Place({ href }: { href: string }) {
  const { t } = useTranslation('datasets')
  return (
    <Anchor component={Link} size="xs" href={href}>
      {t('openIt')}
    </Anchor>
  )
}
