import { Button, Group, Stack, Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { BulkReport } from '#shared/domain/bulk.ts'
import { useReportText, useSkippedText } from './report-text.ts'

/** What a large action did, when it is through. */
export function BulkOutcome({ report, close }: { report: BulkReport; close: () => void }) {
  const { t } = useTranslation('operations')
  const reportText = useReportText()
  const skippedText = useSkippedText()
  return (
    <Stack gap="sm">
      <Text size="sm" fw={500} role="status">
        {reportText(report)}
      </Text>
      {report.skipped.map((one) => (
        <Text key={one.reason} size="xs" c="dimmed">
          {skippedText(one)}
        </Text>
      ))}
      <Text size="xs" c="dimmed">
        {t('undoHint')}
      </Text>
      <Group justify="flex-end">
        <Button onClick={close} data-autofocus>
          {t('close')}
        </Button>
      </Group>
    </Stack>
  )
}
