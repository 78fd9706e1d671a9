import { ActionIcon, Tooltip } from '@mantine/core'
import type { Icon } from '@tabler/icons-react'
import { runAction } from '#renderer/state/actions.ts'
import { keyCaps } from '#renderer/state/hotkeys.ts'
import { Keys } from '#renderer/ui/keys.tsx'
import { actionTitle, useKeys } from './action-text.ts'
import classes from './parts.module.css'

interface Props {
  /** The action's id: it gives name, keys and what happens. */
  readonly action: string
  readonly icon: Icon
  readonly isOn?: boolean
  readonly disabled?: boolean
  readonly size?: number
  readonly side?: 'bottom' | 'right' | 'top' | 'left'
}

/** A button that is nothing but an action: same verb, same name, same keys as everywhere else. */
export function ActionButton(props: Props) {
  const { action, icon: Glyph, isOn, disabled = false, size = 30, side = 'bottom' } = props
  const title = actionTitle(action)
  return (
    <Tooltip label={<ActionHint action={action} />} position={side}>
      <ActionIcon
        size={size}
        className={classes.actionButton}
        aria-label={title}
        {...(isOn === undefined ? {} : { 'aria-pressed': isOn })}
        disabled={disabled}
        // The pointer must not take the focus along: Space has to go on playing after a click here.
        onMouseDown={(event) => event.preventDefault()}
        onClick={() => runAction(action)}
      >
        <Glyph size={18} stroke={1.5} />
      </ActionIcon>
    </Tooltip>
  )
}

/** Name and keys of an action, as tooltips show them. */
export function ActionHint({ action }: { action: string }) {
  const keys = useKeys(action)
  return (
    <span className={classes.hint}>
      {actionTitle(action)}
      {keys.slice(0, 2).map((key) => (
        <Keys key={key} caps={keyCaps(key)} />
      ))}
    </span>
  )
}
