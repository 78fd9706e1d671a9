import { Button, NumberInput, Table } from '@mantine/core'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { client } from '#renderer/state/client.ts'
import { problemOf } from '#renderer/state/problems.ts'
import { orpc } from '#renderer/state/queries.ts'
import { ErrorNotice } from '#renderer/ui/error-notice.tsx'
import { formatBytes } from '#renderer/ui/format.ts'
import { Section } from '#renderer/ui/section.tsx'
import { ShareBar } from '#renderer/ui/share-bar.tsx'
import classes from './models.module.css'

const MEGA = 1_000_000

/** What models can run on here, and how much memory they may take. */
export function MachineTab() {
  const { t } = useTranslation('models')
  const { data, error, refetch } = useQuery(orpc.models.devices.queryOptions({ staleTime: 0 }))
  if (error) return <ErrorNotice problem={problemOf(error)} onRetry={() => void refetch()} />
  if (!data) return null
  return (
    <>
      <Section title={t('executionProviders')} note={t('executionProvidersHint')}>
        <Table className={classes.bench}>
          <Table.Tbody>
            {data.executionProviders.map(({ name, title, available, problem }) => (
              <Table.Tr key={name}>
                <Table.Td w={200}>{title}</Table.Td>
                <Table.Td>
                  <span className={classes.state} data-state={available ? 'ready' : 'waiting'}>
                    {available ? t('available') : problem}
                  </span>
                </Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </Section>
      <Section title={t('memoryTitle')} note={t('memoryHint')}>
        <div className={classes.memory}>
          <ShareBar
            share={Math.min(1, data.memoryUsed / data.memoryLimit)}
            label={t('memoryTitle')}
          />
          <span>
            {t('memoryUsed', {
              used: formatBytes(data.memoryUsed),
              limit: formatBytes(data.memoryLimit),
            })}
          </span>
          <MemoryLimit key={data.memoryLimit} limit={data.memoryLimit} />
        </div>
      </Section>
    </>
  )
}

function MemoryLimit({ limit }: { limit: number }) {
  const { t } = useTranslation('models')
  const cache = useQueryClient()
  const [wanted, setWanted] = useState<number | string>(Math.round(limit / MEGA))
  const set = useMutation({
    mutationFn: () => client.models.setMemoryLimit({ bytes: Number(wanted) * MEGA }),
    onSuccess: () => cache.invalidateQueries({ queryKey: orpc.models.devices.key() }),
  })
  return (
    <form
      className={classes.memoryForm}
      onSubmit={(event) => {
        event.preventDefault()
        set.mutate()
      }}
    >
      <NumberInput
        aria-label={t('memoryLimit')}
        w={150}
        min={64}
        step={256}
        suffix=" MB"
        thousandSeparator
        value={wanted}
        onChange={setWanted}
      />
      <Button
        type="submit"
        variant="default"
        loading={set.isPending}
        disabled={Number(wanted) < 1 || Number(wanted) === Math.round(limit / MEGA)}
      >
        {t('set')}
      </Button>
      {set.error && <ErrorNotice problem={problemOf(set.error)} />}
    </form>
  )
}
