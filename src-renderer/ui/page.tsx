import type { ReactNode } from 'react'
import classes from './page.module.css'

interface Props {
  readonly title: ReactNode
  /** Small text beside the title, e.g. how many. */
  readonly note?: ReactNode
  readonly actions?: ReactNode
  /** A second row under the title: search, filters. */
  readonly toolbar?: ReactNode
  readonly children: ReactNode
}

/** The body of every page in the frame: a title row that stays, and what scrolls under it. */
export function Page({ title, note, actions, toolbar, children }: Props) {
  return (
    <main className={classes.page}>
      <header className={classes.head}>
        <div className={classes.row}>
          <h1 className={classes.title}>{title}</h1>
          {note !== undefined && <span className={classes.note}>{note}</span>}
          <div className={classes.actions}>{actions}</div>
        </div>
        {toolbar && <div className={classes.toolbar}>{toolbar}</div>}
      </header>
      <div className={classes.body}>{children}</div>
    </main>
  )
}
