import { SegmentedControl } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { formatNumber } from '#renderer/ui/format.ts'
import type { Job } from '#shared/domain/task.ts'

interface PartProps {
  /** What is chosen by it. */
  readonly label: string
  readonly job: Job
  readonly part: 'job' | 'task'
  readonly setPart: (part: 'job' | 'task') => void
}

/** The job a dialog was asked for from, or its whole task. */
export function PartPicker({ label, job, part, setPart }: PartProps) {
  const { t } = useTranslation('datasets')
  const range = { from: formatNumber(job.startFrame), to: formatNumber(job.stopFrame) }
  return (
    <SegmentedControl
      fullWidth
      aria-label={label}
      value={part}
      data={[
        { value: 'job', label: t('scopeJob', { id: job.id, ...range }) },
        { value: 'task', label: t('scopeTask') },
      ]}
      onChange={(value) => setPart(value === 'task' ? 'task' : 'job')}
    />
  )
}
