import { Table } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { Link } from 'wouter'
import { thumbnailOf } from '#renderer/state/thumbnail.ts'
import { formatAgo, formatDate, formatNumber } from '#renderer/ui/format.ts'
import { ShareBar } from '#renderer/ui/share-bar.tsx'
import { Thumbnail } from '#renderer/ui/thumbnail.tsx'
import type { ProjectId } from '#shared/domain/ids.ts'
import type { Task } from '#shared/domain/task.ts'
import { shareOf } from './sort.ts'
import { TaskBadges } from './task-cards.tsx'
import { TaskMenu } from './task-menu.tsx'
import classes from './tasks.module.css'

interface Props {
  readonly tasks: readonly Task[]
  readonly projectNames: ReadonlyMap<ProjectId, string>
}

export function TaskTable({ tasks, projectNames }: Props) {
  const { t } = useTranslation('tasks')
  return (
    <div className={classes.tableBox}>
      <Table highlightOnHover className={classes.table ?? ''}>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{t('colName')}</Table.Th>
            <Table.Th>{t('colProject')}</Table.Th>
            <Table.Th ta="right">{t('colFrames')}</Table.Th>
            <Table.Th w={170}>{t('colProgress')}</Table.Th>
            <Table.Th ta="right">{t('colJobs')}</Table.Th>
            <Table.Th ta="right">{t('colObjects')}</Table.Th>
            <Table.Th>{t('colChanged')}</Table.Th>
            <Table.Th w={44} />
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {tasks.map((task) => (
            <Row
              key={task.id}
              task={task}
              project={task.projectId === null ? '' : (projectNames.get(task.projectId) ?? '')}
            />
          ))}
        </Table.Tbody>
      </Table>
    </div>
  )
}

function Row({ task, project }: { task: Task; project: string }) {
  const { t } = useTranslation('tasks')
  return (
    <Table.Tr>
      <Table.Td>
        <div className={classes.nameCell}>
          <Thumbnail src={thumbnailOf(task)} className={classes.small ?? ''} />
          <Link href={`/tasks/${task.id}`} className={classes.name}>
            {task.name}
          </Link>
          <TaskBadges task={task} />
        </div>
      </Table.Td>
      <Table.Td c="dimmed">{project}</Table.Td>
      <Table.Td ta="right">{formatNumber(task.size)}</Table.Td>
      <Table.Td>
        <ShareBar
          share={shareOf(task)}
          label={t('annotated', {
            done: formatNumber(task.annotatedFrameCount),
            total: formatNumber(task.size),
          })}
        />
      </Table.Td>
      <Table.Td ta="right">
        {task.completedJobCount}/{task.jobCount}
      </Table.Td>
      <Table.Td ta="right">{formatNumber(task.objectCount)}</Table.Td>
      <Table.Td c="dimmed" title={formatDate(task.updatedAt)}>
        {formatAgo(task.updatedAt)}
      </Table.Td>
      <Table.Td>
        <TaskMenu task={task} />
      </Table.Td>
    </Table.Tr>
  )
}
