import {
  IconArrowMerge,
  IconArrowsSplit2,
  IconCut,
  IconLinkPlus,
  IconStack2,
} from '@tabler/icons-react'
import { ModeButton } from './mode-button.tsx'

const buttons = [
  ['merge', IconArrowMerge],
  ['group', IconStack2],
  ['join', IconLinkPlus],
  ['slice', IconCut],
  ['split', IconArrowsSplit2],
] as const

/** What makes shapes out of shapes, in CVAT's order. */
export function OperationButtons() {
  return buttons.map(([tool, icon]) => <ModeButton key={tool} tool={tool} icon={icon} />)
}
