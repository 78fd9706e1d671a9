import { useTranslation } from 'react-i18next'
import type { HistoryEntry } from '#shared/operations/operation.ts'
import { useUi } from '../bench/context.ts'
import { stepText } from '../parts/step-text.ts'
import classes from './side-bar.module.css'

interface Props {
  readonly entry: HistoryEntry
  readonly isCurrent: boolean
  readonly onGo: () => void
}

/** One step: what was done, with which label, on which frame. */
export function HistoryRow({ entry, isCurrent, onGo }: Props) {
  useTranslation('history')
  const title = stepText(entry.title)
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
