import type { Icon } from '@tabler/icons-react'
import type { MouseEvent } from 'react'
import classes from './parts.module.css'

interface Props {
  readonly label: string
  readonly icon: Icon
  readonly isOn: boolean
  readonly onToggle: () => void
}

/**
 * A small switch in a row of a list: quiet while off, plain while on. Its tip is the browser's own: four floating
 * tooltips a row made scrolling ten thousand rows stutter.
 */
export function FlagButton({ label, icon: Glyph, isOn, onToggle }: Props) {
  const toggle = (event: MouseEvent) => {
    event.stopPropagation()
    onToggle()
  }
  return (
    <button
      type="button"
      className={classes.flag}
      title={label}
      aria-label={label}
      aria-pressed={isOn}
      tabIndex={-1}
      onMouseDown={(event) => event.preventDefault()}
      onClick={toggle}
    >
      <Glyph size={15} stroke={1.5} />
    </button>
  )
}
