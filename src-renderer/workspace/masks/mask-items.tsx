import { Menu } from '@mantine/core'
import { IconBrush, IconPolygon } from '@tabler/icons-react'
import { runAction } from '#renderer/state/actions.ts'
import { useBench } from '../bench/context.ts'
import { actionTitle } from '../parts/action-text.ts'
import { convertible } from './convert.ts'
import { paintedTarget } from './paint-on.ts'

/** What the menu of a shape offers beside the verbs of all: painting on it, and becoming a mask or polygons. */
export function MaskItems() {
  const bench = useBench()
  const canPaint = paintedTarget(bench) !== null
  const canBePolygon = convertible(bench, 'polygon').length > 0
  const canBeMask = convertible(bench, 'mask').length > 0
  if (!canPaint && !canBePolygon && !canBeMask) return null
  return (
    <>
      {canPaint && <Item id="objects.paint-on" icon={IconBrush} />}
      {canBePolygon && <Item id="objects.to-polygon" icon={IconPolygon} />}
      {canBeMask && <Item id="objects.to-mask" icon={IconBrush} />}
      <Menu.Divider />
    </>
  )
}

function Item({ id, icon: Glyph }: { id: string; icon: typeof IconBrush }) {
  return (
    <Menu.Item leftSection={<Glyph size={16} stroke={1.5} />} onClick={() => runAction(id)}>
      {actionTitle(id)}
    </Menu.Item>
  )
}
