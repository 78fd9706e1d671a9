import type { ReactNode } from 'react'
import classes from './section.module.css'

interface Props {
  readonly title: string
  readonly note?: string
  readonly actions?: ReactNode
  readonly children: ReactNode
}

/** A titled block of a page. */
export function Section({ title, note, actions, children }: Props) {
  return (
    <section className={classes.section} aria-label={title}>
      <div className={classes.head}>
        <h2 className={classes.title}>{title}</h2>
        {note && <span className={classes.note}>{note}</span>}
        <div className={classes.actions}>{actions}</div>
      </div>
      {children}
    </section>
  )
}
