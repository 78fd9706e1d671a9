import { Progress } from '@mantine/core'
import { formatPercent } from './format.ts'
import classes from './share-bar.module.css'

interface Props {
  /** 0 … 1 */
  readonly share: number
  /** What the bar measures, for screen readers, e.g. "640 of 1,200 frames annotated". */
  readonly label: string
  readonly withPercent?: boolean
}

/** A thin bar with its percent. */
export function ShareBar({ share, label, withPercent = true }: Props) {
  return (
    <div className={classes.row} title={label}>
      <Progress className={classes.bar} value={share * 100} aria-label={label} />
      {withPercent && <span className={classes.percent}>{formatPercent(share)}</span>}
    </div>
  )
}
