import { Menu } from '@mantine/core'
import {
  IconArrowsSplit2,
  IconChevronLeft,
  IconChevronLeftPipe,
  IconChevronRight,
  IconChevronRightPipe,
  IconEyeX,
  IconStack2,
  IconStar,
  IconTimeline,
} from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { useBench } from '../bench/context.ts'
import { ActionItem } from '../parts/action-item.tsx'
import { trackTargets } from './keyframes.ts'

const verbs = [
  ['objects.keyframe', IconStar],
  ['objects.outside', IconEyeX],
  ['objects.split-here', IconArrowsSplit2],
  ['objects.tracks-to-shapes', IconStack2],
] as const
const steps = [
  ['objects.first-keyframe', IconChevronLeftPipe],
  ['objects.previous-keyframe', IconChevronLeft],
  ['objects.next-keyframe', IconChevronRight],
  ['objects.last-keyframe', IconChevronRightPipe],
] as const

/** What only tracks have, in a menu of its own so that the shape's stays short. */
export function TrackItems() {
  const { t } = useTranslation('workspace')
  const bench = useBench()
  if (trackTargets(bench).length === 0) return null
  return (
    <Menu.Sub openDelay={60}>
      <Menu.Sub.Target>
        <Menu.Sub.Item leftSection={<IconTimeline size={16} stroke={1.5} />}>
          {t('trackMenu')}
        </Menu.Sub.Item>
      </Menu.Sub.Target>
      <Menu.Sub.Dropdown miw={264}>
        {verbs.map(([id, icon]) => (
          <ActionItem key={id} id={id} icon={icon} />
        ))}
        <Menu.Divider />
        {steps.map(([id, icon]) => (
          <ActionItem key={id} id={id} icon={icon} />
        ))}
      </Menu.Sub.Dropdown>
    </Menu.Sub>
  )
}
