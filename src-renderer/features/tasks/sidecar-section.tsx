import { Button, Table, Text } from '@mantine/core'
import { IconRefresh } from '@tabler/icons-react'
import { useMutation, useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { client } from '#renderer/state/client.ts'
import { openDialog } from '#renderer/state/dialogs.ts'
import { problemOf } from '#renderer/state/problems.ts'
import { queries } from '#renderer/state/queries.ts'
import { counted, formatNumber } from '#renderer/ui/format.ts'
import { notifyProblem } from '#renderer/ui/notify.tsx'
import { Section } from '#renderer/ui/section.tsx'
import type { TaskId } from '#shared/domain/ids.ts'
import { sidecarReportSchema } from '#shared/domain/sidecar.ts'
import classes from './tasks.module.css'

/** Files of another program beside the pictures, where a task keeps them: how they stand, and what stands in the way. */
export function SidecarSection({ taskId }: { taskId: TaskId }) {
  const { t } = useTranslation('tasks')
  const { data: state } = useQuery(queries.sidecar(taskId))
  const { latest, isRunning } = usePasses(taskId)
  const look = useMutation({
    mutationFn: () => client.sidecar.sync({ taskId }),
    onError: (error) => notifyProblem(problemOf(error)),
  })
  if (!state || state.format === null) return null
  const { files, problems, problemCount } = state
  return (
    <Section
      title={t('sidecar')}
      note={t('sidecarNote', { format: state.format, files: t('fileCount', counted(files)) })}
      actions={
        <>
          <Button
            variant="subtle"
            color="gray"
            onClick={() => openDialog({ kind: 'sidecar', taskId })}
          >
            {t('sidecarChange')}
          </Button>
          <Button
            variant="default"
            leftSection={<IconRefresh size={14} />}
            loading={isRunning || look.isPending}
            onClick={() => look.mutate()}
          >
            {t('sidecarLook')}
          </Button>
        </>
      }
    >
      {problemCount === 0 && !latest?.keptCount && (
        <Text size="sm" c="dimmed">
          {t('sidecarFine')}
        </Text>
      )}
      {problemCount > 0 && (
        <FileTable
          title={t('sidecarProblems', counted(problemCount))}
          rows={problems}
          more={problemCount - problems.length}
        />
      )}
      {latest && latest.keptCount > 0 && (
        <FileTable
          title={t('sidecarKept', counted(latest.keptCount))}
          rows={latest.kept.map((file) => ({ ...file, problem: '' }))}
          more={latest.keptCount - latest.kept.length}
        />
      )}
    </Section>
  )
}

/** The pass over the files that came to an end last, and whether one is under way. */
function usePasses(taskId: TaskId) {
  const { data: requests = [] } = useQuery(queries.requests())
  const passes = requests.filter((one) => one.kind === 'sidecar' && one.taskId === taskId)
  const last = passes.find(({ state }) => state === 'finished')
  return {
    latest: last && sidecarReportSchema.safeParse(last.result).data,
    isRunning: passes.some(({ state }) => state === 'queued' || state === 'started'),
  }
}

interface FileTableProps {
  readonly title: string
  readonly rows: readonly {
    readonly frame: number
    readonly file: string
    readonly problem: string
  }[]
  readonly more: number
}

function FileTable({ title, rows, more }: FileTableProps) {
  const { t } = useTranslation('tasks')
  return (
    <>
      <Text size="sm" mb={6}>
        {title}
      </Text>
      <div className={classes.tableBox} style={{ maxHeight: 260, overflow: 'auto' }}>
        <Table className={classes.table ?? ''} aria-label={title}>
          <Table.Tbody>
            {rows.map(({ frame, file, problem }) => (
              <Table.Tr key={file}>
                <Table.Td w={110} c="dimmed">
                  {t('frameN', { frame })}
                </Table.Td>
                <Table.Td className="fm-selectable">{file}</Table.Td>
                {problem && <Table.Td c="dimmed">{problem}</Table.Td>}
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </div>
      {more > 0 && (
        <Text size="xs" c="dimmed">
          {t('sidecarMore', { formatted: formatNumber(more) })}
        </Text>
      )}
    </>
  )
}
