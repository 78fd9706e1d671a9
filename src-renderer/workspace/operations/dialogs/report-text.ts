import { useTranslation } from 'react-i18next'
import { counted } from '#renderer/ui/format.ts'
import type { BulkReport } from '#shared/domain/bulk.ts'

/** `12 changed, 3 made`: what was done, as one line. */
export function useReportText(): (report: BulkReport) => string {
  const { t } = useTranslation('operations')
  return ({ changed, created, deleted }) => {
    const parts = [
      ...(changed > 0 ? [t('changed', counted(changed))] : []),
      ...(created > 0 ? [t(changed > 0 ? 'created' : 'copied', counted(created))] : []),
      ...(deleted > 0 ? [t('removed', counted(deleted))] : []),
    ]
    return parts.length > 0 ? parts.join(', ') : t('nothingDone')
  }
}

/** Why some were passed over. */
export function useSkippedText(): (skipped: BulkReport['skipped'][number]) => string {
  const { t } = useTranslation('operations')
  return ({ reason, count }) => t(`skipped-${reason}`, counted(count))
}
