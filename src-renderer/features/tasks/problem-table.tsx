import { Badge, Button, Table } from '@mantine/core'
import { IconFolderSymlink } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { openDialog } from '#renderer/state/dialogs.ts'
import { queries } from '#renderer/state/queries.ts'
import { Section } from '#renderer/ui/section.tsx'
import type { TaskId } from '#shared/domain/ids.ts'
import classes from './tasks.module.css'

/** Every picture that cannot be read, by name. */
export function ProblemTable({ taskId }: { taskId: TaskId }) {
  const { t } = useTranslation('tasks')
  const { data: problems = [] } = useQuery(queries.problems(taskId))
  return (
    <Section
      title={t('problemsTitle')}
      note={t('problemsHint')}
      actions={
        <Button
          variant="default"
          leftSection={<IconFolderSymlink size={14} />}
          onClick={() => openDialog({ kind: 'relink', taskId })}
        >
          {t('menuRelink')}
        </Button>
      }
    >
      <div className={classes.tableBox} style={{ maxHeight: 320, overflow: 'auto' }}>
        <Table className={classes.table ?? ''}>
          <Table.Tbody>
            {problems.map((problem) => (
              <Table.Tr key={problem.frame}>
                <Table.Td w={110} c="dimmed">
                  {t('frameN', { frame: problem.frame })}
                </Table.Td>
                <Table.Td className="fm-selectable">{problem.name}</Table.Td>
                <Table.Td w={110}>
                  <Badge color={problem.status === 'missing' ? 'red' : 'orange'}>
                    {t(`status-${problem.status}`)}
                  </Badge>
                </Table.Td>
                <Table.Td c="dimmed">{problem.problem}</Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </div>
    </Section>
  )
}
