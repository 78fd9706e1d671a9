import { ActionIcon, HoverCard } from '@mantine/core'
import type { Icon } from '@tabler/icons-react'
import type { DrawTool } from '../bench/bench.ts'
import { useBench, useUi } from '../bench/context.ts'
import { startDrawing } from '../bench/drawing.ts'
import { actionTitle } from '../parts/action-text.ts'
import { DrawCard } from './draw-card.tsx'
import classes from './tools.module.css'

/** A drawing tool: a click draws with the last label at once; resting on it offers labels and settings. */
export function DrawButton({ shape, icon: Glyph }: { shape: DrawTool; icon: Icon }) {
  const bench = useBench()
  const isOn = useUi((state) => state.tool === shape)
  return (
    <HoverCard
      position="right-start"
      openDelay={220}
      closeDelay={160}
      offset={8}
      width={232}
      shadow="lg"
    >
      <HoverCard.Target>
        <ActionIcon
          size={34}
          className={classes.tool}
          aria-label={actionTitle(`modes.${shape}`)}
          aria-pressed={isOn}
          onMouseDown={(event) => event.preventDefault()}
          onClick={() => startDrawing(bench, { shape, objectType: 'shape' })}
        >
          <Glyph size={18} stroke={1.5} />
        </ActionIcon>
      </HoverCard.Target>
      <HoverCard.Dropdown className={classes.card ?? ''}>
        <DrawCard shape={shape} />
      </HoverCard.Dropdown>
    </HoverCard>
  )
}
