import { Button, Group, Stack, Text } from '@mantine/core'
import { IconCircleCheck } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { Link, useLocation } from 'wouter'
import { counted } from '#renderer/ui/format.ts'
import type { TaskId } from '#shared/domain/ids.ts'
import { importReportSchema, type WorkRequest } from '#shared/domain/request.ts'
import classes from './datasets.module.css'
import { Names } from './names.tsx'

interface Props {
  readonly request: WorkRequest
  readonly taskId: TaskId
  readonly close: () => void
}

/** What came in, and by name what found no frame here. */
export function ImportDone({ request, taskId, close }: Props) {
  const { t } = useTranslation('datasets')
  const [page] = useLocation()
  const isHere = new RegExp(`^/tasks/${taskId}/(annotate|jobs)`).test(page)
  const parsed = importReportSchema.safeParse(request.result)
  if (!parsed.success) return null
  const report = parsed.data
  return (
    <Stack gap="md">
      <div className={classes.losses} role="status">
        <IconCircleCheck size={16} className={classes.good} />
        <Text size="sm">
          {t('importDone', {
            annotations: t('lossCount', counted(report.imported)),
            frames: t('frameCount', counted(report.matchedFrames)),
          })}
          {report.merged > 0 && ` ${t('previewMerged', counted(report.merged))}`}
        </Text>
      </div>
      {report.notes.length > 0 && <Names title={t('notes')} names={report.notes} />}
      {report.unmatchedCount > 0 && (
        <Names
          title={t('unmatchedTitle', counted(report.unmatchedCount))}
          names={report.unmatched}
          more={report.unmatchedCount - report.unmatched.length}
        />
      )}
      <Group justify="flex-end">
        <Button
          variant={isHere ? 'filled' : 'default'}
          onClick={close}
          data-autofocus={isHere || undefined}
        >
          {t('close')}
        </Button>
        {!isHere && (
          <Button
            component={Link}
            href={`/tasks/${taskId}/annotate`}
            onClick={close}
            data-autofocus
          >
            {t('openTask')}
          </Button>
        )}
      </Group>
    </Stack>
  )
}
