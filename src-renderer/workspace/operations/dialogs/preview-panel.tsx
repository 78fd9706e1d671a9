import { useTranslation } from 'react-i18next'
import { counted, formatNumber } from '#renderer/ui/format.ts'
import type { Bulk, BulkPreview } from '#shared/domain/bulk.ts'
import { useBench, useUi } from '../../bench/context.ts'
import classes from './dialogs.module.css'
import { useSkippedText } from './report-text.ts'

interface Props {
  readonly bulk: Bulk | null
  readonly preview: BulkPreview | null
  readonly isCurrent: boolean
}

/** What would happen, in numbers, before it does. */
export function PreviewPanel({ bulk, preview, isCurrent }: Props) {
  const { t } = useTranslation('operations')
  return (
    <section className={classes.preview} aria-label={t('preview')} data-current={isCurrent}>
      <p className={classes.verdict} role="status">
        {bulk === null ? (
          t('incomplete')
        ) : preview ? (
          <Verdict {...{ bulk, preview }} />
        ) : (
          t('counting')
        )}
      </p>
      {bulk && preview && <Details bulk={bulk} preview={preview} />}
    </section>
  )
}

/** One sentence: `Removes 132 of 140 objects on 12 frames.` */
function Verdict({ bulk, preview }: { bulk: Bulk; preview: BulkPreview }) {
  const { t } = useTranslation('operations')
  const { action } = bulk
  if (preview.matched === 0) return t('noneMatch')
  if (preview.changed === 0) return t('noneChanges', counted(preview.matched))
  const frames = t('onFrames', counted(preview.frames))
  if (action.kind === 'propagate')
    return t('does-propagate', { ...counted(preview.created), frames })
  if (action.kind === 'tracks-to-shapes')
    return t('does-tracks-to-shapes', { ...counted(preview.created), frames })
  if (action.kind === 'link-shapes')
    return t('does-link-shapes', {
      ...counted(preview.created),
      shapes: formatNumber(preview.changed),
    })
  if (action.kind === 'join-tracks')
    return t('does-join-tracks', {
      ...counted(preview.created),
      tracks: formatNumber(preview.changed),
    })
  const matched = formatNumber(preview.matched)
  return t(`does-${action.kind}`, { ...counted(preview.changed), matched, frames })
}

function Details({ bulk, preview }: { bulk: Bulk; preview: BulkPreview }) {
  const { t } = useTranslation('operations')
  const skippedText = useSkippedText()
  const { framesLeftOut, skipped } = preview
  const notes = [
    ...skipped.map((one) => skippedText(one)),
    ...(framesLeftOut > 0
      ? [t(bulk.action.kind === 'propagate' ? 'leftOutCopies' : 'leftOut', counted(framesLeftOut))]
      : []),
  ]
  return (
    <>
      {preview.changed > 0 && (
        <div className={classes.counts}>
          <LabelCounts preview={preview} />
          <FrameCounts preview={preview} />
        </div>
      )}
      {notes.map((note) => (
        <p key={note} className={classes.note}>
          {note}
        </p>
      ))}
    </>
  )
}

function LabelCounts({ preview }: { preview: BulkPreview }) {
  const { t } = useTranslation('operations')
  const labels = useUi((state) => state.labelsById)
  const rows = [...preview.byLabel].sort((a, b) => b.count - a.count)
  return (
    <ul className={classes.list} aria-label={t('byLabel')}>
      {rows.map(({ labelId, count }) => (
        <li key={labelId}>
          <i style={{ background: labels.get(labelId)?.color }} />
          <span>{labels.get(labelId)?.name ?? labelId}</span>
          <b>{formatNumber(count)}</b>
        </li>
      ))}
    </ul>
  )
}

/** The first frames, each a way there. */
function FrameCounts({ preview }: { preview: BulkPreview }) {
  const { t } = useTranslation('operations')
  const bench = useBench()
  const most = preview.byFrame.reduce((max, { count }) => Math.max(max, count), 1)
  const more = preview.frames - preview.byFrame.length
  return (
    <ul className={classes.list} aria-label={t('byFrame')}>
      {preview.byFrame.map(({ frame, count }) => (
        <li key={frame}>
          <button type="button" onClick={() => void bench.document.goTo(frame)}>
            {t('frame', { frame })}
          </button>
          <span className={classes.bar}>
            <i style={{ width: `${(100 * count) / most}%` }} />
          </span>
          <b>{formatNumber(count)}</b>
        </li>
      ))}
      {more > 0 && <li className={classes.more}>{t('moreFrames', counted(more))}</li>}
    </ul>
  )
}
