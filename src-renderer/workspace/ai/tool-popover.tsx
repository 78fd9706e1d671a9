import { ActionIcon, Popover } from '@mantine/core'
import type { Icon } from '@tabler/icons-react'
import { type KeyboardEvent, type ReactNode, useEffect, useRef, useState } from 'react'
import type { BenchState } from '../bench/bench.ts'
import { useBench, useUi } from '../bench/context.ts'
import { actionTitle } from '../parts/action-text.ts'
import toolClasses from '../tools/tools.module.css'
import classes from './ai.module.css'

interface Props {
  readonly name: NonNullable<BenchState['toolCard']>
  /** What a click on the button does; it names the button, too. */
  readonly action: string
  readonly icon: Icon
  readonly isOn: boolean
  readonly width: number
  readonly onClick: () => void
  readonly children: ReactNode
}

const OPEN_AFTER_MS = 240
const CLOSE_AFTER_MS = 220
const QUIET_MS = 600

/**
 * A tool of the rail with a card of choices. A click uses the tool at once; resting on it opens the card, and whoever does
 * something in the card keeps it open until they click elsewhere or press Escape.
 */
export function ToolPopover({ name, action, icon: Glyph, isOn, width, onClick, children }: Props) {
  const bench = useBench()
  const isOpen = useUi((state) => state.toolCard === name)
  const [isKept, setKept] = useState(false)
  const [isByKey, setByKey] = useState(false)
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined)
  const quietUntil = useRef(0)
  const byPointer = useRef(false)
  const set = (open: boolean) => {
    clearTimeout(timer.current)
    if (!open) setKept(false)
    const { toolCard } = bench.ui.getState()
    if (open) {
      byPointer.current = true
      bench.ui.setState({ toolCard: name })
    } else if (toolCard === name) bench.ui.setState({ toolCard: null })
  }
  const soon = (open: boolean, ms: number) => {
    clearTimeout(timer.current)
    timer.current = setTimeout(() => set(open), ms)
  }
  useEffect(() => () => clearTimeout(timer.current), [])
  useEffect(() => {
    // Opened by a key: the keyboard goes on in it, and it stays.
    const isOpenedByKey = isOpen && !byPointer.current
    setByKey(isOpenedByKey)
    if (isOpenedByKey) setKept(true)
    if (isOpen) return
    setKept(false)
    byPointer.current = false
  }, [isOpen])
  const enter = () => {
    clearTimeout(timer.current)
    // The pointer that has just clicked is on its way to the picture: no card before it can be there.
    if (!isOpen) soon(true, Math.max(OPEN_AFTER_MS, quietUntil.current - performance.now()))
  }
  const leave = () => {
    clearTimeout(timer.current)
    if (isOpen && !isKept) soon(false, CLOSE_AFTER_MS)
  }
  return (
    <Popover
      opened={isOpen}
      onChange={(open) => !open && set(false)}
      position="right-start"
      offset={8}
      width={width}
      shadow="lg"
      trapFocus={isByKey}
      closeOnEscape={false}
      // Gone at once: the hand that chose in it is on its way to the picture behind it.
      transitionProps={{ duration: 80, exitDuration: 0 }}
    >
      <Popover.Target>
        <ActionIcon
          size={34}
          className={toolClasses.tool}
          aria-label={actionTitle(action)}
          aria-pressed={isOn}
          onMouseEnter={enter}
          onMouseLeave={leave}
          onMouseDown={(event) => event.preventDefault()}
          onClick={() => {
            set(false)
            quietUntil.current = performance.now() + QUIET_MS
            onClick()
          }}
        >
          <Glyph size={18} stroke={1.5} />
        </ActionIcon>
      </Popover.Target>
      <Popover.Dropdown
        className={classes.card ?? ''}
        aria-label={actionTitle(action)}
        onMouseEnter={enter}
        onMouseLeave={leave}
        onMouseDown={() => setKept(true)}
        onFocusCapture={() => setKept(true)}
        onKeyDownCapture={(event) => isMeantForCard(event) && set(false)}
      >
        {children}
      </Popover.Dropdown>
    </Popover>
  )
}

/** Escape closes the card, but first a list or a menu that is open in it. */
function isMeantForCard({ key, target, currentTarget }: KeyboardEvent<HTMLElement>): boolean {
  if (key !== 'Escape' || !(target instanceof Element)) return false
  const isWithin = currentTarget.contains(target)
  return isWithin && target.closest('[data-mantine-stop-propagation]') === null
}
