import { Menu } from '@mantine/core'
import { IconBrush, IconPolygon } from '@tabler/icons-react'
import { useBench } from '../bench/context.ts'
import { ActionItem } from '../parts/action-item.tsx'
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
      {canPaint && <ActionItem id="objects.paint-on" icon={IconBrush} />}
      {canBePolygon && <ActionItem id="objects.to-polygon" icon={IconPolygon} />}
      {canBeMask && <ActionItem id="objects.to-mask" icon={IconBrush} />}
      <Menu.Divider />
    </>
  )
}
