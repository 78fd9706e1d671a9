import { Menu } from '@mantine/core'
import type { ComponentType } from 'react'
import { runAction } from '#renderer/state/actions.ts'
import { keyCaps } from '#renderer/state/hotkeys.ts'
import { Keys } from '#renderer/ui/keys.tsx'
import { actionTitle, useKeys } from './action-text.ts'

interface Props {
  /** Of a registered action. */
  readonly id: string
  readonly icon?: ComponentType<{ size: number; stroke: number }>
  /** For what takes something away. */
  readonly color?: 'red'
}

/** An action in a menu: its title, and the key that spares the menu. */
export function ActionItem({ id, icon: Glyph, color }: Props) {
  const [key] = useKeys(id)
  return (
    <Menu.Item
      leftSection={Glyph && <Glyph size={16} stroke={1.5} />}
      rightSection={key ? <Keys caps={keyCaps(key)} /> : null}
      {...(color && { color })}
      onClick={() => runAction(id)}
    >
      {actionTitle(id)}
    </Menu.Item>
  )
}
