import { List, Stack, Text } from '@mantine/core'
import { IconAlertTriangle, IconCircleCheck } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { counted, formatBytes, formatNumber } from '#renderer/ui/format.ts'
import { exportReportSchema, type Verification, type WorkRequest } from '#shared/domain/request.ts'
import classes from './datasets.module.css'
import { FileResult } from './file-result.tsx'

/** Where the file is: shown in the file manager on the desktop, downloaded in a browser. */
export function ExportDone({ request, close }: { request: WorkRequest; close: () => void }) {
  const { t } = useTranslation('datasets')
  const report = exportReportSchema.safeParse(request.result)
  if (!report.success) return null
  const { path, sizeBytes, frames, annotations, notes, verified } = report.data
  return (
    <Stack gap="md">
      <div className={classes.losses} role="status">
        <IconCircleCheck size={16} className={classes.good} />
        <Text size="sm" flex={1}>
          {t('exportDone', {
            annotations: t('lossCount', counted(annotations)),
            frames: t('frameCount', counted(frames)),
          })}
        </Text>
        <Text size="xs" c="dimmed">
          {formatBytes(sizeBytes)}
        </Text>
      </div>
      {verified && <Verified verified={verified} />}
      {notes.length > 0 && (
        <List size="sm" c="dimmed">
          {notes.map((note) => (
            <List.Item key={note}>{note}</List.Item>
          ))}
        </List>
      )}
      <FileResult requestId={request.id} path={path} close={close} />
    </Stack>
  )
}

/** What reading the file back has shown. */
function Verified({ verified }: { verified: Verification }) {
  const { t } = useTranslation('datasets')
  const { annotations, found, largestErrorPx, agreesWithLossReport } = verified
  return (
    <div className={classes.losses} role="status">
      {agreesWithLossReport ? (
        <IconCircleCheck size={16} className={classes.good} />
      ) : (
        <IconAlertTriangle size={16} className={classes.warn} />
      )}
      <Text size="sm">
        {t(agreesWithLossReport ? 'verified' : 'verifiedNot', {
          found: formatNumber(found),
          annotations: formatNumber(annotations),
          error: formatNumber(Math.round(largestErrorPx * 1000) / 1000),
        })}
      </Text>
    </div>
  )
}
