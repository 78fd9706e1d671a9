import { ActionIcon, Loader, Tooltip } from '@mantine/core'
import {
  IconAlertTriangle,
  IconBan,
  IconCheck,
  IconClock,
  IconPlayerPause,
  IconPlayerPlay,
  IconRefresh,
  IconX,
} from '@tabler/icons-react'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { client } from '#renderer/state/client.ts'
import { problemOf } from '#renderer/state/problems.ts'
import { ErrorNotice } from '#renderer/ui/error-notice.tsx'
import { formatAgo } from '#renderer/ui/format.ts'
import { notifyProblem } from '#renderer/ui/notify.tsx'
import { ShareBar } from '#renderer/ui/share-bar.tsx'
import { pausableKinds, type WorkRequest } from '#shared/domain/request.ts'
import { Outcome } from './outcome.tsx'
import classes from './requests.module.css'

const icons: Readonly<Record<WorkRequest['state'], ReactNode>> = {
  queued: <IconClock size={16} className={classes.quiet} />,
  started: <Loader size={14} />,
  paused: <IconPlayerPause size={16} className={classes.quiet} />,
  finished: <IconCheck size={16} className={classes.good} />,
  failed: <IconAlertTriangle size={16} className={classes.bad} />,
  cancelled: <IconBan size={16} className={classes.quiet} />,
}

/** One request: what, how far, what it did, and the buttons that fit its state. */
export function RequestRow({ request, dense = false }: { request: WorkRequest; dense?: boolean }) {
  const { t } = useTranslation('datasets')
  const isPaused = request.state === 'paused'
  const active = request.state === 'queued' || request.state === 'started' || isPaused
  return (
    <div className={classes.row} data-dense={dense || undefined}>
      <span className={classes.icon} title={t(`state-${request.state}`)}>
        {icons[request.state]}
      </span>
      <div className={classes.main}>
        <div className={classes.line}>
          <span className={classes.title}>{request.title}</span>
          <span className={classes.when}>{formatAgo(request.finishedAt ?? request.createdAt)}</span>
        </div>
        {active && request.progress !== null && (
          <ShareBar share={request.progress} label={request.message || request.title} />
        )}
        {active && <span className={classes.note}>{request.message || t('waiting')}</span>}
        {request.state === 'finished' && <Outcome request={request} />}
        {request.error && (
          <ErrorNotice problem={request.error} onRetry={() => void run('retry', request)} />
        )}
      </div>
      {active && !isPaused && pausableKinds.includes(request.kind) && (
        <RowButton verb="pause" request={request} icon={<IconPlayerPause size={15} />} />
      )}
      {isPaused && (
        <RowButton verb="resume" request={request} icon={<IconPlayerPlay size={15} />} />
      )}
      {active && <RowButton verb="cancel" request={request} icon={<IconX size={15} />} />}
      {request.state === 'cancelled' && (
        <RowButton verb="retry" request={request} icon={<IconRefresh size={15} />} />
      )}
    </div>
  )
}

/** What an import would do is asked again and again while a person decides; only what takes a while is told here. */
export function isShown({ kind, state }: WorkRequest): boolean {
  return kind !== 'preview-import' || state === 'queued' || state === 'started'
}

const labels = {
  cancel: 'cancelRequest',
  pause: 'pauseRequest',
  resume: 'resumeRequest',
  retry: 'retryRequest',
} as const
type Verb = keyof typeof labels

interface ButtonProps {
  readonly verb: Verb
  readonly request: WorkRequest
  readonly icon: ReactNode
}

function RowButton({ verb, request, icon }: ButtonProps) {
  const { t } = useTranslation('datasets')
  const label = t(labels[verb])
  return (
    <Tooltip label={label}>
      <ActionIcon
        size={24}
        aria-label={`${label}: ${request.title}`}
        onClick={() => void run(verb, request)}
      >
        {icon}
      </ActionIcon>
    </Tooltip>
  )
}

async function run(verb: Verb, { id }: WorkRequest): Promise<void> {
  try {
    await client.requests[verb]({ id })
  } catch (error) {
    notifyProblem(problemOf(error))
  }
}
