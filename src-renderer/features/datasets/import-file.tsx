import { Button, Group, Stack } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { problemOf } from '#renderer/state/problems.ts'
import { queries } from '#renderer/state/queries.ts'
import { ErrorNotice } from '#renderer/ui/error-notice.tsx'
import type { JobId } from '#shared/domain/ids.ts'
import type { ErrorBody } from '#shared/domain/request.ts'
import type { Job } from '#shared/domain/task.ts'
import { FileField } from './file-field.tsx'
import { FormatField } from './format-field.tsx'
import { PartPicker } from './part-picker.tsx'

interface File {
  readonly path: string
  /** Null: told from the content. */
  readonly format: string | null
  /** Null: into the whole task. */
  readonly jobId: JobId | null
}

interface Props {
  readonly initial: File
  /** The job it was asked for from. */
  readonly job: Job | null
  /** Why the last look came to nothing. */
  readonly problem: ErrorBody | null
  readonly pending: boolean
  readonly onNext: (file: File) => void
  readonly close: () => void
}

/** Which file, and its format where the content should not be trusted to say it. */
export function ImportFile({ initial, job, problem, pending, onNext, close }: Props) {
  const { t } = useTranslation('datasets')
  const { data: formats = [], error: formatsError } = useQuery(queries.formats())
  const [path, setPath] = useState(initial.path)
  const [format, setFormat] = useState(initial.format)
  const [part, setPart] = useState<'job' | 'task'>('job')
  const jobId = part === 'job' ? (job?.id ?? null) : null
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault()
        if (path.trim()) onNext({ path: path.trim(), format, jobId })
      }}
    >
      <Stack gap="md">
        {formatsError && <ErrorNotice problem={problemOf(formatsError)} />}
        {job && <PartPicker label={t('importScope')} job={job} part={part} setPart={setPart} />}
        <FileField value={path} onChange={setPath} />
        <FormatField formats={formats} value={format} onChange={setFormat} />
        {problem && <ErrorNotice problem={problem} />}
        <Group justify="flex-end">
          <Button variant="default" onClick={close}>
            {t('cancel')}
          </Button>
          <Button type="submit" loading={pending} disabled={path.trim() === ''}>
            {t('importLook')}
          </Button>
        </Group>
      </Stack>
    </form>
  )
}
