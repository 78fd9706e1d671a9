import { Menu } from '@mantine/core'
import {
  IconArrowBarToDown,
  IconArrowBarToUp,
  IconCopy,
  IconEyeOff,
  IconLock,
  IconPin,
  IconSquareHalf,
  IconTag,
  IconTrash,
  IconZoomScan,
} from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { Keys } from '#renderer/ui/keys.tsx'
import { targetIds } from '../bench/bench.ts'
import { useBench, useUi } from '../bench/context.ts'
import { changeLabel } from '../bench/editing.ts'
import { CuboidItems } from '../cuboids/cuboid-items.tsx'
import { MaskItems } from '../masks/mask-items.tsx'
import { ActionItem } from '../parts/action-item.tsx'
import { JointItems } from '../skeletons/joint-items.tsx'
import { TrackItems } from '../tracks/track-items.tsx'
import { OperationItems } from './operation-items.tsx'
import classes from './stage.module.css'
import { VertexItems } from './vertex-items.tsx'

const verbs = [
  ['objects.copy', IconCopy],
  ['objects.focus', IconZoomScan],
  null,
  ['objects.to-front', IconArrowBarToUp],
  ['objects.to-back', IconArrowBarToDown],
  null,
  ['objects.occlude', IconSquareHalf],
  ['objects.lock', IconLock],
  ['objects.hide', IconEyeOff],
  ['objects.pin', IconPin],
  null,
  ['objects.delete', IconTrash],
] as const

/** The menu of a shape, at the pointer: the same verbs as its keys. */
export function ShapeMenu() {
  const bench = useBench()
  const menu = useUi((state) => state.menu)
  if (!menu) return null
  return (
    <Menu
      key={`${menu.x}/${menu.y}`}
      opened
      onChange={() => bench.ui.setState({ menu: null })}
      position="bottom-start"
      offset={2}
      width={256}
    >
      <Menu.Target>
        <div className={classes.menuAnchor} style={{ left: menu.x, top: menu.y }} />
      </Menu.Target>
      <Menu.Dropdown>
        <JointItems />
        <VertexItems />
        <CuboidItems />
        <LabelMenu />
        <Menu.Divider />
        <TrackItems />
        <OperationItems />
        <MaskItems />
        {verbs.map((verb, at) =>
          verb ? (
            <ActionItem
              key={verb[0]}
              id={verb[0]}
              icon={verb[1]}
              {...(verb[0] === 'objects.delete' && { color: 'red' })}
            />
          ) : (
            // biome-ignore lint/suspicious/noArrayIndexKey: the list never changes
            <Menu.Divider key={at} />
          ),
        )}
      </Menu.Dropdown>
    </Menu>
  )
}

function LabelMenu() {
  const { t } = useTranslation('workspace')
  const bench = useBench()
  const labels = useUi((state) => state.labels)
  return (
    <Menu.Sub openDelay={60}>
      <Menu.Sub.Target>
        <Menu.Sub.Item leftSection={<IconTag size={16} stroke={1.5} />}>
          {t('changeLabel')}
        </Menu.Sub.Item>
      </Menu.Sub.Target>
      <Menu.Sub.Dropdown>
        {labels.slice(0, 20).map((label, at) => (
          <Menu.Item
            key={label.id}
            leftSection={<i className={classes.dot} style={{ background: label.color }} />}
            rightSection={at < 10 ? <Keys caps={[String((at + 1) % 10)]} /> : null}
            onClick={() => changeLabel(bench, targetIds(bench), label.id)}
          >
            {label.name}
          </Menu.Item>
        ))}
      </Menu.Sub.Dropdown>
    </Menu.Sub>
  )
}
