import { Button, Switch, Table } from '@mantine/core'
import {
  IconLock,
  IconPencil,
  IconPlugConnected,
  IconRefresh,
  IconTrash,
} from '@tabler/icons-react'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { client } from '#renderer/state/client.ts'
import { openDialog } from '#renderer/state/dialogs.ts'
import { problemOf } from '#renderer/state/problems.ts'
import { orpc } from '#renderer/state/queries.ts'
import { EmptyState } from '#renderer/ui/empty-state.tsx'
import { ErrorNotice } from '#renderer/ui/error-notice.tsx'
import { formatAgo, formatBytes, formatNumber } from '#renderer/ui/format.ts'
import { notifyProblem } from '#renderer/ui/notify.tsx'
import { Section } from '#renderer/ui/section.tsx'
import type { Connection } from '#shared/contract/connections.ts'
import classes from './models.module.css'

/** Where functions are called at over the network, and what has gone there. */
export function ConnectionsTab() {
  return (
    <>
      <Connections />
      <NetworkLog />
    </>
  )
}

function Connections() {
  const { t } = useTranslation('models')
  const { data, error, refetch } = useQuery(orpc.connections.list.queryOptions({ staleTime: 0 }))
  return (
    <Section title={t('tab-connections')} note={t('connectionsHint')}>
      {error && <ErrorNotice problem={problemOf(error)} onRetry={() => void refetch()} />}
      {data?.length === 0 && (
        <EmptyState
          icon={<IconPlugConnected size={28} stroke={1.4} />}
          title={t('noConnections')}
          hint={t('noConnectionsHint')}
        >
          <Button onClick={() => openDialog({ kind: 'connection', connection: null })}>
            {t('connect')}
          </Button>
        </EmptyState>
      )}
      {data && data.length > 0 && (
        <ul className={classes.list}>
          {data.map((one) => (
            <ConnectionRow key={one.id} connection={one} />
          ))}
        </ul>
      )}
    </Section>
  )
}

function ConnectionRow({ connection }: { connection: Connection }) {
  const { t } = useTranslation('models')
  const cache = useQueryClient()
  const changed = () => {
    void cache.invalidateQueries({ queryKey: orpc.connections.key() })
    void cache.invalidateQueries({ queryKey: orpc.functions.key() })
  }
  const onError = (error: unknown) => notifyProblem(problemOf(error))
  const save = useMutation({
    mutationFn: (one: Connection) => client.connections.save(one),
    // The switch is where it was put at once; the answer may take as long as the other machine.
    onMutate: (one) =>
      cache.setQueryData(orpc.connections.list.queryKey(), (all) =>
        all?.map((other) => (other.id === one.id ? one : other)),
      ),
    onSettled: changed,
    onError,
  })
  const remove = useMutation({
    mutationFn: (one: { id: string }) => client.connections.remove(one),
    onSuccess: changed,
    onError,
  })
  const { id, name, url, via, enabled } = connection
  return (
    <li className={classes.line}>
      <Switch
        size="xs"
        aria-label={t('enabled', { name })}
        checked={enabled}
        onChange={(event) => save.mutate({ ...connection, enabled: event.currentTarget.checked })}
      />
      <span className={classes.name} data-wide>
        <b>{name}</b>
        <small>
          {t(`via-${via}`)} · {url}
        </small>
      </span>
      <Button
        variant="subtle"
        leftSection={<IconPencil size={14} />}
        onClick={() => openDialog({ kind: 'connection', connection })}
      >
        {t('edit')}
      </Button>
      <Button
        variant="subtle"
        color="red"
        leftSection={<IconTrash size={14} />}
        onClick={() => remove.mutate({ id })}
      >
        {t('forget')}
      </Button>
    </li>
  )
}

function NetworkLog() {
  const { t } = useTranslation('models')
  const log = useQuery(orpc.connections.log.queryOptions({ input: { limit: 200 }, staleTime: 0 }))
  const { data, error, refetch } = log
  return (
    <Section
      title={t('log')}
      note={t('logHint')}
      actions={
        <Button
          variant="subtle"
          leftSection={<IconRefresh size={14} />}
          loading={log.isFetching}
          onClick={() => void refetch()}
        >
          {t('refresh')}
        </Button>
      }
    >
      {error && <ErrorNotice problem={problemOf(error)} onRetry={() => void refetch()} />}
      {data?.length === 0 && (
        <EmptyState
          icon={<IconLock size={28} stroke={1.4} />}
          title={t('logEmpty')}
          hint={t('logEmptyHint')}
        />
      )}
      {data && data.length > 0 && (
        <Table className={classes.log}>
          <Table.Thead>
            <Table.Tr>
              <Table.Th>{t('when')}</Table.Th>
              <Table.Th>{t('what')}</Table.Th>
              <Table.Th>{t('where')}</Table.Th>
              <Table.Th>{t('sent')}</Table.Th>
              <Table.Th>{t('received')}</Table.Th>
              <Table.Th>{t('took')}</Table.Th>
              <Table.Th>{t('status')}</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {data.map((entry, at) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: entries have no ids, and the list is only ever replaced
              <Table.Tr key={`${entry.at} ${at}`} title={entry.problem}>
                <Table.Td>{formatAgo(entry.at)}</Table.Td>
                <Table.Td>{entry.what}</Table.Td>
                <Table.Td className="fm-selectable">
                  {entry.method} {entry.url}
                </Table.Td>
                <Table.Td>{formatBytes(entry.sentBytes)}</Table.Td>
                <Table.Td>{formatBytes(entry.receivedBytes)}</Table.Td>
                <Table.Td>{formatNumber(Math.round(entry.tookMs))} ms</Table.Td>
                <Table.Td data-bad={entry.problem !== '' || undefined}>
                  {entry.status ?? t('noAnswer')}
                </Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      )}
    </Section>
  )
}
