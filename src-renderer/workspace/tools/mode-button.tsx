import type { Icon } from '@tabler/icons-react'
import type { ToolName } from '../bench/bench.ts'
import { useUi } from '../bench/context.ts'
import { ActionButton } from '../parts/action-button.tsx'

/**
 * A tool of the rail that is one action; lit while it is in hand. Each button asks for itself: a finished drawing lights
 * two of them anew, not the whole rail with its tips, while the shape waits to be painted.
 */
export function ModeButton({ tool, icon }: { tool: ToolName; icon: Icon }) {
  const isOn = useUi((state) => state.tool === tool)
  return <ActionButton action={`modes.${tool}`} icon={icon} isOn={isOn} size={34} side="right" />
}
