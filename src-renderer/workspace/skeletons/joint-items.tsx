import { Menu } from '@mantine/core'
import { IconEyeOff, IconSquareHalf } from '@tabler/icons-react'
import { runAction } from '#renderer/state/actions.ts'
import { keyCaps } from '#renderer/state/hotkeys.ts'
import { Keys } from '#renderer/ui/keys.tsx'
import { annotationsOf } from '../bench/bench.ts'
import { useBench, useUi } from '../bench/context.ts'
import { actionTitle, useKeys } from '../parts/action-text.ts'
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
      <Item id="objects.joint-occluded" icon={IconSquareHalf} />
      <Item id="objects.joint-outside" icon={IconEyeOff} />
      <Menu.Divider />
    </>
  )
}

function Item({ id, icon: Glyph }: { id: string; icon: typeof IconEyeOff }) {
  const [key] = useKeys(id)
  return (
    <Menu.Item
      leftSection={<Glyph size={16} stroke={1.5} />}
      rightSection={key ? <Keys caps={keyCaps(key)} /> : null}
      onClick={() => runAction(id)}
    >
      {actionTitle(id)}
    </Menu.Item>
  )
}
