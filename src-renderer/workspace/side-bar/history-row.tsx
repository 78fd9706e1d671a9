import { useTranslation } from 'react-i18next'
import type { HistoryEntry } from '#shared/operations/operation.ts'
import { useUi } from '../bench/context.ts'
import classes from './side-bar.module.css'

interface Props {
  readonly entry: HistoryEntry
  readonly isCurrent: boolean
  readonly onGo: () => void
}

/** One step: what was done, with which label, on which frame. */
export function HistoryRow({ entry, isCurrent, onGo }: Props) {
  const title = useTitle(entry)
  const labels = useUi((state) => state.labels)
  const label = labels.find((candidate) => candidate.name === entry.title.label)
  return (
    <button
      type="button"
      className={classes.step}
      aria-current={isCurrent ? 'step' : undefined}
      data-undone={entry.undone}
      onClick={onGo}
    >
      <i style={{ background: label?.color ?? 'transparent' }} />
      <span className={classes.labelName}>{title}</span>
      <span className={classes.id}>{entry.frame}</span>
    </button>
  )
}

/** `Draw rectangle · car`. A verb this version has no words for still says how much it changed. */
function useTitle({ title }: HistoryEntry): string {
  const { t: typed, i18n } = useTranslation('history')
  // Keys come from stored steps, which the typed `t` cannot know.
  const t = typed as unknown as (key: string, values?: Record<string, unknown>) => string
  const key = i18n.exists(`history:${title.key}_other`) ? title.key : 'unknown'
  const type = t(`types.${title.type ?? 'shape'}`)
  const text = t(key, { count: title.count, type })
  return title.label ? `${text} · ${title.label}` : text
}
