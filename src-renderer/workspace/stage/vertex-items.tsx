import { Menu } from '@mantine/core'
import {
  IconArrowsExchange,
  IconArrowsExchange2,
  IconFlag,
  IconFlag2,
  IconPointOff,
} from '@tabler/icons-react'
import { useBench, useUi } from '../bench/context.ts'
import { canStartAt, directed, isTrackDirected, vertexTarget } from '../bench/vertices.ts'
import { ActionItem } from '../parts/action-item.tsx'

/** What can be done with the vertex the menu was opened on, and with the direction of the outline; first in the menu. */
export function VertexItems() {
  const bench = useBench()
  useUi((state) => state.menu)
  const target = vertexTarget(bench)
  const hasDirection = directed(bench).length > 0
  const isTrack = isTrackDirected(bench)
  if (!target && !hasDirection) return null
  return (
    <>
      {target && <ActionItem id="objects.delete-point" icon={IconPointOff} />}
      {target && canStartAt(target) && <ActionItem id="objects.set-start" icon={IconFlag} />}
      {isTrack && target && canStartAt(target) && (
        <ActionItem id="objects.set-start-everywhere" icon={IconFlag2} />
      )}
      {hasDirection && <ActionItem id="objects.switch-orientation" icon={IconArrowsExchange} />}
      {isTrack && (
        <ActionItem id="objects.switch-orientation-everywhere" icon={IconArrowsExchange2} />
      )}
      <Menu.Divider />
    </>
  )
}
