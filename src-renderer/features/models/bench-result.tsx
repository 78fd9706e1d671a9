import { Progress, Table, Text } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { queries } from '#renderer/state/queries.ts'
import { ErrorNotice } from '#renderer/ui/error-notice.tsx'
import { formatBytes, formatNumber } from '#renderer/ui/format.ts'
import type { RequestId } from '#shared/domain/ids.ts'
import { benchReportSchema } from '#shared/domain/model.ts'
import classes from './models.module.css'

/** How quick a model was on each execution provider of this machine. */
export function BenchResult({ id }: { id: RequestId }) {
  const { t } = useTranslation('models')
  const { data: request } = useQuery(queries.request(id))
  if (!request) return null
  if (request.error) return <ErrorNotice problem={request.error} />
  const report = benchReportSchema.safeParse(request.result)
  if (!report.success)
    return (
      <div>
        <Progress
          size={6}
          value={(request.progress ?? 1) * 100}
          animated
          aria-label={request.title}
        />
        <Text size="xs" c="dimmed">
          {request.message}
        </Text>
      </div>
    )
  const ms = (value: number | null) =>
    value === null ? '' : `${formatNumber(Math.round(value * 10) / 10)} ms`
  return (
    <Table className={classes.bench}>
      <Table.Thead>
        <Table.Tr>
          <Table.Th>{t('device')}</Table.Th>
          <Table.Th>{t('median')}</Table.Th>
          <Table.Th>p90</Table.Th>
          <Table.Th>{t('loading')}</Table.Th>
          <Table.Th>{t('memory')}</Table.Th>
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {report.data.rows.map((row) => (
          <Table.Tr key={row.executionProvider}>
            <Table.Td>{row.title}</Table.Td>
            {row.problem === '' ? (
              <>
                <Table.Td>{ms(row.medianMs)}</Table.Td>
                <Table.Td>{ms(row.p90Ms)}</Table.Td>
                <Table.Td>{ms(row.loadMs)}</Table.Td>
                <Table.Td>{row.memoryBytes === null ? '' : formatBytes(row.memoryBytes)}</Table.Td>
              </>
            ) : (
              <Table.Td colSpan={4} c="dimmed">
                {row.problem}
              </Table.Td>
            )}
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  )
}
