import { Button, Group, Radio, Select, Stack, Text } from '@mantine/core'
import { IconAlertTriangle, IconCircleCheck } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { problemOf } from '#renderer/state/problems.ts'
import { ErrorNotice } from '#renderer/ui/error-notice.tsx'
import { counted, formatNumber } from '#renderer/ui/format.ts'
import { importModeSchema } from '#shared/contract/datasets.ts'
import type { ImportPreview as Preview } from '#shared/domain/import-preview.ts'
import type { Label } from '#shared/domain/label.ts'
import type { ErrorBody } from '#shared/domain/request.ts'
import classes from './datasets.module.css'
import { destinationOf, type ImportWish, withSuggestions } from './import-wish.ts'
import { LabelMap } from './label-map.tsx'
import { Names } from './names.tsx'

interface Props {
  readonly preview: Preview
  /** What the content can be read as, best first. */
  readonly formats: readonly string[]
  readonly wish: ImportWish
  readonly labels: readonly Label[]
  /** Why looking again came to nothing. */
  readonly problem: ErrorBody | null
  readonly startError: Error | null
  /** Being looked at again: what is shown is of the look before. */
  readonly isBusy: boolean
  readonly pending: boolean
  /** Look again with this in mind. */
  readonly onLook: (wish: ImportWish) => void
  readonly onImport: () => void
  readonly onBack: () => void
}

/** What an import would do: what comes in, where each label goes, what finds no place. Any of it can still be changed. */
export function ImportPreview(props: Props) {
  const { preview, formats, wish, labels, isBusy, pending, onLook, onImport, onBack } = props
  const { t } = useTranslation('datasets')
  const { frames, notes, replaced, merged } = preview
  const unknown = preview.labels.filter(
    (label) => label.parent === null && destinationOf(label, wish) === null,
  )
  const total = totalOf(preview)
  const canImport = total > 0 || emptiesTask(preview, wish)
  const problem = props.problem ?? (props.startError && problemOf(props.startError))
  return (
    <Stack gap="md">
      <div className={classes.losses} role="status" aria-busy={isBusy}>
        {total > 0 ? (
          <IconCircleCheck size={16} className={classes.good} />
        ) : (
          <IconAlertTriangle size={16} className={classes.warn} />
        )}
        <Text size="sm" flex={1}>
          {t('previewAdds', {
            annotations: t('lossCount', counted(total)),
            frames: t('frameCount', counted(frames.matched)),
          })}
          {replaced > 0 && ` ${t('previewReplaces', counted(replaced))}`}
          {merged > 0 && ` ${t('previewMerged', counted(merged))}`}
        </Text>
        {formats.length > 1 ? (
          <Select
            size="xs"
            w={220}
            aria-label={t('readAs')}
            title={t('readAsHint')}
            allowDeselect={false}
            value={wish.format ?? preview.format}
            data={[...formats]}
            onChange={(format) => format && onLook({ ...firstLook(wish), format })}
          />
        ) : (
          <Text size="xs" c="dimmed">
            {preview.format}
          </Text>
        )}
      </div>
      <Kinds preview={preview} />
      <LabelMap preview={preview} wish={wish} labels={labels} onChange={onLook} />
      {unknown.length > 0 && (
        <Group>
          <Button
            variant="default"
            size="xs"
            data-autofocus={!canImport || undefined}
            onClick={() => onLook(withSuggestions(wish, preview.labels))}
          >
            {t('mapAll', counted(unknown.length))}
          </Button>
        </Group>
      )}
      {frames.unmatchedCount > 0 && (
        <Names
          title={t('unmatchedTitle', counted(frames.unmatchedCount))}
          names={frames.unmatched}
          more={frames.unmatchedCount - frames.unmatched.length}
        />
      )}
      {notes.length > 0 && <Names title={t('notes')} names={notes} />}
      {(replaced > 0 || wish.mode !== 'replace') && <ModePicker wish={wish} onChange={onLook} />}
      {problem && <ErrorNotice problem={problem} />}
      <Group justify="flex-end">
        <Button variant="subtle" color="gray" mr="auto" onClick={onBack}>
          {t('otherFile')}
        </Button>
        <Button
          data-autofocus={canImport || undefined}
          loading={pending}
          disabled={isBusy || !canImport}
          onClick={onImport}
        >
          {t('importNow')}
        </Button>
      </Group>
    </Stack>
  )
}

/** A file without any annotations may stand for a task without any; one of which nothing fits here never does. */
function emptiesTask({ replaced, labels, frames }: Preview, { mode }: ImportWish): boolean {
  const isEmpty = frames.unmatchedCount === 0 && labels.every(({ count }) => count === 0)
  return mode === 'replace' && replaced > 0 && isEmpty
}

/** Read as another format, the file has other labels. */
function firstLook({ jobId, path, mode }: ImportWish): ImportWish {
  return { jobId, path, mode, format: null, labels: {}, createLabels: [] }
}

function totalOf({ added }: Preview): number {
  return Object.values(added.shapes).reduce((sum, count) => sum + count, added.tags + added.tracks)
}

/** By type: `1,204 rectangles · 3 masks`. */
function Kinds({ preview }: { preview: Preview }) {
  const { t } = useTranslation('datasets')
  const { shapes, tags, tracks } = preview.added
  const kinds = [...Object.entries(shapes), ['tag', tags] as const, ['track', tracks] as const]
  const shown = kinds.filter(([, count]) => count > 0)
  if (shown.length === 0) return null
  return (
    <Text size="xs" c="dimmed" className={classes.kinds ?? ''}>
      {shown
        .map(([kind, count]) => `${formatNumber(count)} ${t(`kind-${kind}` as 'kind-tag')}`)
        .join(' · ')}
    </Text>
  )
}

function ModePicker({
  wish,
  onChange,
}: {
  wish: ImportWish
  onChange: (wish: ImportWish) => void
}) {
  const { t } = useTranslation('datasets')
  return (
    <Radio.Group
      label={t('mode')}
      value={wish.mode}
      onChange={(mode) => onChange({ ...wish, mode: importModeSchema.parse(mode) })}
    >
      <Stack gap="xs" mt="xs">
        <Radio
          value="replace"
          label={t('modeReplace')}
          description={t(wish.jobId === null ? 'modeReplaceHint' : 'modeReplaceJobHint')}
        />
        <Radio value="merge" label={t('modeMerge')} description={t('modeMergeHint')} />
        <Radio value="add" label={t('modeAdd')} description={t('modeAddHint')} />
      </Stack>
    </Radio.Group>
  )
}
