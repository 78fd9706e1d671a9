import {
  IconArrowMerge,
  IconArrowsSplit2,
  IconCut,
  IconLinkPlus,
  IconStack2,
} from '@tabler/icons-react'
import { useUi } from '../bench/context.ts'
import { ActionButton } from '../parts/action-button.tsx'

const buttons = [
  ['merge', IconArrowMerge],
  ['group', IconStack2],
  ['join', IconLinkPlus],
  ['slice', IconCut],
  ['split', IconArrowsSplit2],
] as const

/** What makes shapes out of shapes, in CVAT's order. */
export function OperationButtons() {
  const tool = useUi((state) => state.tool)
  return buttons.map(([name, icon]) => (
    <ActionButton
      key={name}
      action={`modes.${name}`}
      icon={icon}
      isOn={tool === name}
      size={34}
      side="right"
    />
  ))
}
