import { type ReactNode, useId } from 'react'
import classes from './settings.module.css'

interface Props {
  readonly label: string
  readonly hint?: string
  /** The control; give it the id, so that the label names it. */
  readonly children: (id: string) => ReactNode
}

export function SettingRow({ label, hint, children }: Props) {
  const id = useId()
  return (
    <div className={classes.row}>
      <label htmlFor={id} className={classes.text}>
        <b>{label}</b>
        {hint && <small>{hint}</small>}
      </label>
      <div className={classes.control}>{children(id)}</div>
    </div>
  )
}

export function SettingHeading({ children }: { children: string }) {
  return <h3 className={classes.heading}>{children}</h3>
}
