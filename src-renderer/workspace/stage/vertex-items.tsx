import { Menu } from '@mantine/core'
import { IconArrowsExchange, IconFlag, IconPointOff } from '@tabler/icons-react'
import { runAction } from '#renderer/state/actions.ts'
import { useBench, useUi } from '../bench/context.ts'
import { canStartAt, directed, vertexTarget } from '../bench/vertices.ts'
import { actionTitle } from '../parts/action-text.ts'

/** What can be done with the vertex the menu was opened on, and with the direction of the outline; first in the menu. */
export function VertexItems() {
  const bench = useBench()
  useUi((state) => state.menu)
  const target = vertexTarget(bench)
  const hasDirection = directed(bench).length > 0
  if (!target && !hasDirection) return null
  return (
    <>
      {target && <Item id="objects.delete-point" icon={IconPointOff} />}
      {target && canStartAt(target) && <Item id="objects.set-start" icon={IconFlag} />}
      {hasDirection && <Item id="objects.switch-orientation" icon={IconArrowsExchange} />}
      <Menu.Divider />
    </>
  )
}

function Item({ id, icon: Glyph }: { id: string; icon: typeof IconFlag }) {
  return (
    <Menu.Item leftSection={<Glyph size={16} stroke={1.5} />} onClick={() => runAction(id)}>
      {actionTitle(id)}
    </Menu.Item>
  )
}
