import { Badge, Text } from '@mantine/core'
import { IconCircleCheck, IconInfoCircle } from '@tabler/icons-react'
import { useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { ErrorNotice } from '#renderer/ui/error-notice.tsx'
import { formatNumber } from '#renderer/ui/format.ts'
import type { Loss } from '#shared/contract/datasets.ts'
import type { ErrorBody } from '#shared/domain/request.ts'
import classes from './datasets.module.css'

interface Told {
  readonly format: string
  readonly data: { readonly annotations: number; readonly losses: readonly Loss[] }
}

interface ReportProps {
  readonly format: string
  readonly data: Told['data'] | undefined
  readonly problem: ErrorBody | null
  readonly retry: () => void
}

/**
 * Before anything is written: what this format cannot hold of just these annotations, counted. While it is counted anew, what
 * was told before stays, dimmed: nothing below it jumps.
 */
export function LossReport({ format, data, problem, retry }: ReportProps) {
  const { t } = useTranslation('datasets')
  const told = useRef<Told | null>(null)
  if (data) told.current = { format, data }
  if (problem) return <ErrorNotice problem={problem} onRetry={retry} />
  if (!told.current)
    return (
      <div className={classes.losses}>
        <Text size="sm" c="dimmed">
          {t('lossLoading')}
        </Text>
      </div>
    )
  return (
    <div className={classes.report} aria-busy={!data}>
      <Report {...told.current} />
    </div>
  )
}

function Report({ format, data }: Told) {
  const { t } = useTranslation('datasets')
  if (data.annotations === 0)
    return (
      <div className={classes.losses}>
        <IconInfoCircle size={16} className={classes.info} />
        <Text size="sm">{t('lossEmpty')}</Text>
      </div>
    )
  if (data.losses.length === 0)
    return (
      <div className={classes.losses} role="status">
        <IconCircleCheck size={16} className={classes.good} />
        <Text size="sm" flex={1}>
          {t('lossNone', { format })}
        </Text>
        <Text size="xs" c="dimmed">
          {t('lossCount', { count: data.annotations, formatted: formatNumber(data.annotations) })}
        </Text>
      </div>
    )
  return <Losses format={format} annotations={data.annotations} losses={data.losses} />
}

interface LossesProps {
  readonly format: string
  readonly annotations: number
  readonly losses: readonly Loss[]
}

function Losses({ format, annotations, losses }: LossesProps) {
  const { t } = useTranslation('datasets')
  return (
    <div className={classes.lossTable} role="status">
      <div className={classes.lossHead}>
        <b>{t('lossTitle', { format })}</b>
        <small>
          {t('lossCount', { count: annotations, formatted: formatNumber(annotations) })}
        </small>
      </div>
      {losses.map((loss) => (
        <div key={loss.what} className={classes.loss}>
          <Badge
            color={loss.severity === 'dropped' ? 'red' : 'orange'}
            className={classes.lossKind ?? ''}
          >
            {t(loss.severity === 'dropped' ? 'lossDropped' : 'lossChanged')}
          </Badge>
          <span className={classes.lossCount}>{formatNumber(loss.count)}</span>
          <span>{loss.what}</span>
        </div>
      ))}
    </div>
  )
}
