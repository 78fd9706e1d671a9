import { Button, Checkbox, Group, Stack } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { problemOf } from '#renderer/state/problems.ts'
import { queries } from '#renderer/state/queries.ts'
import { ErrorNotice } from '#renderer/ui/error-notice.tsx'
import type { Job, Task } from '#shared/domain/task.ts'
import classes from './datasets.module.css'
import { exportFileName } from './export-file-name.ts'
import { ExportOptions, type MoreOptions, SubsetPicker } from './export-options.tsx'
import type { ExportScope, ExportWish } from './export-scope.ts'
import { FormatPicker } from './format-picker.tsx'
import { lastFormat } from './last-format.ts'
import { LossReport } from './loss-report.tsx'
import { PartPicker } from './part-picker.tsx'
import { RefusedTarget } from './refused-target.tsx'
import { TargetField } from './target-field.tsx'

interface Props {
  readonly scope: ExportScope
  /** The job it was asked for from; a person may choose the whole task all the same. */
  readonly job: Job | null
  /** Of a project. */
  readonly subsets: readonly string[]
  readonly name: string
  readonly mode: Task['mode']
  readonly error: Error | null
  readonly pending: boolean
  readonly onExport: (wish: ExportWish) => void
  readonly close: () => void
}

const NOTHING_MORE: MoreOptions = { frames: 'all', filter: '', strict: false, verify: false }
/** While somebody types a filter, nothing is counted. */
const TYPING_MS = 350

export function ExportForm(props: Props) {
  const { job, subsets, name, mode, error, pending, onExport, close } = props
  const { t } = useTranslation('datasets')
  const { data: formats, error: formatsError } = useQuery(queries.formats())
  const [chosen, setFormat] = useState<string | null>(null)
  const wanted = chosen ?? lastFormat(mode)
  const [withImages, setWithImages] = useState(false)
  const [part, setPart] = useState<'job' | 'task'>('job')
  const [onlySubsets, setSubsets] = useState<readonly string[] | null>(null)
  const [more, setMore] = useState(NOTHING_MORE)
  const [filter] = useDebouncedValue(more.filter.trim(), TYPING_MS)
  const [path, setPath] = useState('')
  const scope = narrowed(props.scope, { wholeTask: part === 'task', subsets: onlySubsets })
  const exporters = formats?.filter((format) => format.export) ?? []
  const format = exporters.find((one) => one.name === wanted) ?? exporters[0]
  const losses = useQuery({
    ...queries.exportLosses(scope, format?.name ?? '', { frames: more.frames, filter }),
    enabled: format !== undefined,
    staleTime: 0,
  })
  const lossProblem = losses.error && problemOf(losses.error)
  const filterProblem = lossProblem?.code === 'FILTER_INVALID' ? lossProblem.message : null
  const jobId = 'taskId' in scope ? scope.jobId : null
  const file = jobId === null ? name : t('jobFileName', { name, id: jobId })
  const fileName = exportFileName(file, format?.name ?? '', format?.extension ?? 'zip')
  const start = (overwrite: boolean) => {
    const where = { path: path.trim() || null, withImages, overwrite }
    if (format) onExport({ scope, format: format.name, ...where, ...more })
  }
  return (
    <form
      className={classes.exportForm}
      onSubmit={(event) => {
        event.preventDefault()
        start(false)
      }}
    >
      <FormatPicker formats={exporters} value={format?.name ?? ''} onChange={setFormat} />
      <Stack gap="md" className={classes.exportSide ?? ''}>
        {formatsError && <ErrorNotice problem={problemOf(formatsError)} />}
        {job && <PartPicker label={t('exportScope')} job={job} part={part} setPart={setPart} />}
        <SubsetPicker subsets={subsets} value={onlySubsets} onChange={setSubsets} />
        {format && (
          <LossReport
            format={format.name}
            data={losses.data}
            problem={filterProblem === null ? lossProblem : null}
            retry={() => void losses.refetch()}
          />
        )}
        <Checkbox
          label={t('saveImages')}
          description={t('saveImagesHint')}
          checked={withImages}
          onChange={(event) => setWithImages(event.currentTarget.checked)}
        />
        <TargetField value={path} onChange={setPath} fileName={fileName} />
        <ExportOptions value={more} onChange={setMore} filterProblem={filterProblem} />
        {error && <RefusedTarget error={error} onReplace={() => start(true)} />}
        <Group justify="flex-end" mt="auto">
          <Button variant="default" onClick={close}>
            {t('cancel')}
          </Button>
          <Button type="submit" loading={pending} disabled={!format || filterProblem !== null}>
            {t('exportNow')}
          </Button>
        </Group>
      </Stack>
    </form>
  )
}

function narrowed(
  scope: ExportScope,
  { wholeTask, subsets }: { wholeTask: boolean; subsets: readonly string[] | null },
): ExportScope {
  if ('projectId' in scope) return { ...scope, subsets }
  return wholeTask ? { ...scope, jobId: null } : scope
}
