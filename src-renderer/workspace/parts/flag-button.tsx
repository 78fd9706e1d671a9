import { Tooltip } from '@mantine/core'
import type { Icon } from '@tabler/icons-react'
import type { MouseEvent } from 'react'
import classes from './parts.module.css'

interface Props {
  readonly label: string
  readonly icon: Icon
  readonly isOn: boolean
  readonly onToggle: () => void
}

/** A small switch in a row of a list: quiet while off, plain while on. */
export function FlagButton({ label, icon: Glyph, isOn, onToggle }: Props) {
  const toggle = (event: MouseEvent) => {
    event.stopPropagation()
    onToggle()
  }
  return (
    <Tooltip label={label}>
      <button
        type="button"
        className={classes.flag}
        aria-label={label}
        aria-pressed={isOn}
        tabIndex={-1}
        onClick={toggle}
      >
        <Glyph size={15} stroke={1.5} />
      </button>
    </Tooltip>
  )
}
