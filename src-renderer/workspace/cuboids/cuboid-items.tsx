import { Menu } from '@mantine/core'
import { IconCube, IconCubeUnfolded } from '@tabler/icons-react'
import { runAction } from '#renderer/state/actions.ts'
import { useBench, useUi } from '../bench/context.ts'
import { actionTitle } from '../parts/action-text.ts'
import { cuboidTargets } from './perspective.ts'

/** What the menu of a cuboid has besides every shape's. */
export function CuboidItems() {
  const bench = useBench()
  useUi((state) => state.menu)
  if (cuboidTargets(bench).length === 0) return null
  return (
    <>
      <Menu.Item
        leftSection={<IconCube size={16} stroke={1.5} />}
        onClick={() => runAction('objects.reset-perspective')}
      >
        {actionTitle('objects.reset-perspective')}
      </Menu.Item>
      <Menu.Item
        leftSection={<IconCubeUnfolded size={16} stroke={1.5} />}
        onClick={() => runAction('objects.switch-perspective')}
      >
        {actionTitle('objects.switch-perspective')}
      </Menu.Item>
      <Menu.Divider />
    </>
  )
}
