import { Badge, Text } from '@mantine/core'
import { IconCircleCheck, IconInfoCircle } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { problemOf } from '#renderer/state/problems.ts'
import { queries } from '#renderer/state/queries.ts'
import { ErrorNotice } from '#renderer/ui/error-notice.tsx'
import { formatNumber } from '#renderer/ui/format.ts'
import type { Loss } from '#shared/contract/datasets.ts'
import type { JobId, TaskId } from '#shared/domain/ids.ts'
import classes from './datasets.module.css'

interface ReportProps {
  readonly taskId: TaskId
  readonly jobId: JobId | null
  readonly format: string
}

/** Before anything is written: what this format cannot hold of this very task or job, counted. */
export function LossReport({ taskId, jobId, format }: ReportProps) {
  const { t } = useTranslation('datasets')
  const query = queries.lossReport(taskId, jobId, format)
  const { data, error, refetch } = useQuery({ ...query, staleTime: 0 })
  if (error) return <ErrorNotice problem={problemOf(error)} onRetry={() => void refetch()} />
  if (!data)
    return (
      <div className={classes.losses}>
        <Text size="sm" c="dimmed">
          {t('lossLoading')}
        </Text>
      </div>
    )
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
          <Badge color={loss.severity === 'dropped' ? 'red' : 'orange'} w={72}>
            {t(loss.severity === 'dropped' ? 'lossDropped' : 'lossChanged')}
          </Badge>
          <span className={classes.lossCount}>{formatNumber(loss.count)}</span>
          <span>{loss.what}</span>
        </div>
      ))}
    </div>
  )
}
