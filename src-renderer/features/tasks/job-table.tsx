import { ActionIcon, Button, Select, Table, Tooltip } from '@mantine/core'
import { IconWand } from '@tabler/icons-react'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { Link } from 'wouter'
import { client } from '#renderer/state/client.ts'
import { openDialog } from '#renderer/state/dialogs.ts'
import { problemOf } from '#renderer/state/problems.ts'
import { orpc } from '#renderer/state/queries.ts'
import { formatAgo, formatNumber } from '#renderer/ui/format.ts'
import { notifyProblem } from '#renderer/ui/notify.tsx'
import { type Job, jobSchema, type Task } from '#shared/domain/task.ts'
import classes from './tasks.module.css'

const { stage: stageSchema, state: stateSchema } = jobSchema.shape

/** Who-does-what in pieces: each job's frames, its stage and state, and the way in. */
export function JobTable({ task, jobs }: { task: Task; jobs: readonly Job[] }) {
  const { t } = useTranslation('tasks')
  return (
    <div className={classes.tableBox}>
      <Table className={classes.table ?? ''}>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{t('jobs')}</Table.Th>
            <Table.Th>{t('colFrames')}</Table.Th>
            <Table.Th w={150}>{t('stage')}</Table.Th>
            <Table.Th w={150}>{t('state')}</Table.Th>
            <Table.Th>{t('colChanged')}</Table.Th>
            <Table.Th w={110} />
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {jobs.map((job) => (
            <JobRow key={job.id} job={job} task={task} />
          ))}
        </Table.Tbody>
      </Table>
    </div>
  )
}

function JobRow({ job, task }: { job: Job; task: Task }) {
  const { t } = useTranslation('tasks')
  const cache = useQueryClient()
  const update = useMutation({
    mutationFn: (change: Partial<Pick<Job, 'stage' | 'state'>>) =>
      client.jobs.update({ id: job.id, ...change }),
    onSuccess: () =>
      cache.invalidateQueries({ queryKey: orpc.tasks.get.key({ input: { id: task.id } }) }),
    onError: (error) => notifyProblem(problemOf(error)),
  })
  return (
    <Table.Tr>
      <Table.Td>{t('job', { id: job.id })}</Table.Td>
      <Table.Td c="dimmed">
        {formatNumber(job.startFrame)} – {formatNumber(job.stopFrame)}
      </Table.Td>
      <Table.Td>
        <Select
          aria-label={`${t('job', { id: job.id })}: ${t('stage')}`}
          allowDeselect={false}
          value={job.stage}
          data={stageSchema.options.map((value) => ({ value, label: t(`stage-${value}`) }))}
          onChange={(stage) => stage && update.mutate({ stage })}
        />
      </Table.Td>
      <Table.Td>
        <Select
          aria-label={`${t('job', { id: job.id })}: ${t('state')}`}
          allowDeselect={false}
          value={job.state}
          data={stateSchema.options.map((value) => ({ value, label: t(`state-${value}`) }))}
          onChange={(state) => state && update.mutate({ state })}
        />
      </Table.Td>
      <Table.Td c="dimmed">{formatAgo(job.updatedAt)}</Table.Td>
      <Table.Td ta="right">
        <div className={classes.jobButtons}>
          <Tooltip label={t('menuAutomaticAnnotation')}>
            <ActionIcon
              size={26}
              aria-label={`${t('menuAutomaticAnnotation')}: ${t('job', { id: job.id })}`}
              onClick={() =>
                openDialog({ kind: 'automatic-annotation', taskId: task.id, jobId: job.id })
              }
            >
              <IconWand size={15} stroke={1.5} />
            </ActionIcon>
          </Tooltip>
          <Button component={Link} variant="default" href={`/tasks/${task.id}/jobs/${job.id}`}>
            {t('openJob')}
          </Button>
        </div>
      </Table.Td>
    </Table.Tr>
  )
}
