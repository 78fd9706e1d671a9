import { ActionIcon, HoverCard } from '@mantine/core'
import type { Icon } from '@tabler/icons-react'
import { useEffect, useState } from 'react'
import type { DrawTool } from '../bench/bench.ts'
import { useBench, useUi } from '../bench/context.ts'
import { startDrawing } from '../bench/drawing.ts'
import { actionTitle } from '../parts/action-text.ts'
import { DrawCard } from './draw-card.tsx'
import classes from './tools.module.css'

const QUIET_MS = 600

/** A drawing tool: a click draws with the last label at once; resting on it offers labels and settings. */
export function DrawButton({ shape, icon: Glyph }: { shape: DrawTool; icon: Icon }) {
  const bench = useBench()
  const isOn = useUi((state) => state.tool === shape)
  // A card made anew is a closed one: under the pointer it would swallow the first click of the drawing it began.
  const [round, setRound] = useState(0)
  const close = () => setRound(round + 1)
  // The pointer that has just clicked is on its way to the picture: no card before it can be there.
  const [isQuiet, setQuiet] = useState(false)
  useEffect(() => {
    if (!isQuiet) return
    const timer = setTimeout(() => setQuiet(false), QUIET_MS)
    return () => clearTimeout(timer)
  }, [isQuiet])
  return (
    <HoverCard
      key={round}
      disabled={isQuiet}
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
          onClick={() => {
            startDrawing(bench, { shape, objectType: 'shape' })
            close()
            setQuiet(true)
          }}
        >
          <Glyph size={18} stroke={1.5} />
        </ActionIcon>
      </HoverCard.Target>
      <HoverCard.Dropdown className={classes.card ?? ''}>
        <DrawCard shape={shape} onBegin={close} />
      </HoverCard.Dropdown>
    </HoverCard>
  )
}
