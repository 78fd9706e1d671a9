import { Menu } from '@mantine/core'
import {
  IconCopyPlus,
  IconCut,
  IconLayersDifference,
  IconLayersIntersect2,
  IconLayersSubtract,
  IconLayersUnion,
  IconLinkPlus,
  IconShape,
  IconStack2,
  IconStackPop,
} from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { annotationsOf, targetIds } from '../bench/bench.ts'
import { useBench } from '../bench/context.ts'
import { canCombine } from '../operations/boolean.ts'
import { ActionItem } from '../parts/action-item.tsx'

const single = [
  ['modes.group', IconStack2],
  ['modes.reset-group', IconStackPop],
  ['modes.join', IconLinkPlus],
  ['modes.slice', IconCut],
] as const
const several = [
  ['objects.union', IconLayersUnion],
  ['objects.subtract', IconLayersSubtract],
  ['objects.intersect', IconLayersIntersect2],
  ['objects.exclude', IconLayersDifference],
] as const

/** What makes shapes out of shapes, in a menu of its own so that the shape's stays short. */
export function OperationItems() {
  const { t } = useTranslation('workspace')
  const bench = useBench()
  const isTag = annotationsOf(bench, targetIds(bench)).every(({ kind }) => kind === 'tag')
  return (
    <>
      <ActionItem id="objects.propagate" icon={IconCopyPlus} />
      {!isTag && (
        <Menu.Sub openDelay={60}>
          <Menu.Sub.Target>
            <Menu.Sub.Item leftSection={<IconShape size={16} stroke={1.5} />}>
              {t('shapes')}
            </Menu.Sub.Item>
          </Menu.Sub.Target>
          <Menu.Sub.Dropdown miw={236}>
            {single.map(([id, icon]) => (
              <ActionItem key={id} id={id} icon={icon} />
            ))}
            {canCombine(bench) && <Menu.Divider />}
            {canCombine(bench) &&
              several.map(([id, icon]) => <ActionItem key={id} id={id} icon={icon} />)}
          </Menu.Sub.Dropdown>
        </Menu.Sub>
      )}
    </>
  )
}
