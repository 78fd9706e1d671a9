import { type ReactNode, useId } from 'react'
import classes from './segmented.module.css'

interface Props<T extends string> {
  /** Names the whole group for screen readers. */
  readonly label: string
  readonly value: T
  readonly onChange: (value: T) => void
  readonly data: readonly {
    readonly value: T
    readonly label: ReactNode
    readonly title?: string
  }[]
}

/**
 * One of a few, side by side: native radio buttons, so arrows, focus and forms work by themselves. (Mantine's own
 * measures its indicator on mount and throws inside a dialog that is still being laid out.)
 */
export function Segmented<T extends string>({ label, value, onChange, data }: Props<T>) {
  const name = useId()
  return (
    <div className={classes.group} role="radiogroup" aria-label={label}>
      {data.map((item) => (
        <label key={item.value} className={classes.item} title={item.title}>
          <input
            type="radio"
            name={name}
            value={item.value}
            checked={item.value === value}
            aria-label={item.title}
            onChange={() => onChange(item.value)}
          />
          <span>{item.label}</span>
        </label>
      ))}
    </div>
  )
}
