import { Menu } from '@mantine/core'
import { IconCube, IconCubeUnfolded } from '@tabler/icons-react'
import { useBench, useUi } from '../bench/context.ts'
import { ActionItem } from '../parts/action-item.tsx'
import { cuboidTargets } from './perspective.ts'

/** What the menu of a cuboid has besides every shape's. */
export function CuboidItems() {
  const bench = useBench()
  useUi((state) => state.menu)
  if (cuboidTargets(bench).length === 0) return null
  return (
    <>
      <ActionItem id="objects.reset-perspective" icon={IconCube} />
      <ActionItem id="objects.switch-perspective" icon={IconCubeUnfolded} />
      <Menu.Divider />
    </>
  )
}
