import { Menu } from '@mantine/core'
import { IconEyeOff, IconSquareHalf } from '@tabler/icons-react'
import { annotationsOf } from '../bench/bench.ts'
import { useBench, useUi } from '../bench/context.ts'
import { ActionItem } from '../parts/action-item.tsx'
import { jointTarget } from './joints.ts'

/** What can be done with the joint the menu was opened on; first in the menu, under its name. */
export function JointItems() {
  const bench = useBench()
  useUi((state) => state.menu)
  const target = jointTarget(bench)
  const [skeleton] = target ? annotationsOf(bench, [target.id]) : []
  if (!target || !skeleton) return null
  const label = bench.ui.getState().labelsById.get(skeleton.labelId)
  return (
    <>
      <Menu.Label>{label?.sublabels[target.index]?.name}</Menu.Label>
      <ActionItem id="objects.joint-occluded" icon={IconSquareHalf} />
      <ActionItem id="objects.joint-outside" icon={IconEyeOff} />
      <Menu.Divider />
    </>
  )
}
