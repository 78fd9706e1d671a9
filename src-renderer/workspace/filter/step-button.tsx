import { ActionIcon, Menu, Tooltip } from '@mantine/core'
import {
  type Icon,
  IconChevronLeft,
  IconChevronLeftPipe,
  IconChevronRight,
  IconChevronRightPipe,
  IconFilterDown,
  IconFilterUp,
} from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { runAction } from '#renderer/state/actions.ts'
import type { BenchState } from '../bench/bench.ts'
import { useBench, useUi } from '../bench/context.ts'
import { ActionHint } from '../parts/action-button.tsx'
import { actionTitle } from '../parts/action-text.ts'
import parts from '../parts/parts.module.css'
import classes from './filter.module.css'

type StepTo = BenchState['stepTo']
interface Look {
  readonly action: string
  readonly icon: Icon
}

const looks: Readonly<Record<'next' | 'previous', Readonly<Record<StepTo, Look>>>> = {
  next: {
    next: { action: 'player.next', icon: IconChevronRight },
    filter: { action: 'player.search-next', icon: IconFilterDown },
    empty: { action: 'player.empty-next', icon: IconChevronRightPipe },
  },
  previous: {
    next: { action: 'player.previous', icon: IconChevronLeft },
    filter: { action: 'player.search-previous', icon: IconFilterUp },
    empty: { action: 'player.empty-previous', icon: IconChevronLeftPipe },
  },
}
const choices: readonly StepTo[] = ['next', 'filter', 'empty']

/** The player's next or previous button. A right click chooses what both of them step to, as in CVAT. */
export function StepButton(props: { direction: 'next' | 'previous'; disabled: boolean }) {
  const stepTo = useUi((state) => state.stepTo)
  const [isOpen, setOpen] = useState(false)
  const { action, icon: Glyph } = looks[props.direction][stepTo]
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: a disabled button hears no right click; the place around it does
    <span
      className={classes.step}
      onContextMenu={(event) => {
        event.preventDefault()
        setOpen(true)
      }}
    >
      <Tooltip label={<ActionHint action={action} />} disabled={isOpen}>
        <ActionIcon
          size={30}
          className={parts.actionButton}
          aria-label={actionTitle(action)}
          disabled={props.disabled}
          onMouseDown={(event) => event.preventDefault()}
          onClick={() => runAction(action)}
        >
          <Glyph size={18} stroke={1.5} />
        </ActionIcon>
      </Tooltip>
      <StepMenu direction={props.direction} isOpen={isOpen} onChange={setOpen} />
    </span>
  )
}

function StepMenu(props: {
  direction: 'next' | 'previous'
  isOpen: boolean
  onChange: (isOpen: boolean) => void
}) {
  const { t } = useTranslation('filter')
  const bench = useBench()
  const stepTo = useUi((state) => state.stepTo)
  return (
    <Menu opened={props.isOpen} onChange={props.onChange} position="bottom">
      <Menu.Target>
        <span className={classes.stepAnchor} aria-hidden="true" />
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>{t('stepTo')}</Menu.Label>
        <Menu.RadioGroup
          value={stepTo}
          onChange={(picked) => bench.ui.setState({ stepTo: picked as StepTo })}
        >
          {choices.map((choice) => {
            const Choice = looks[props.direction][choice].icon
            return (
              <Menu.RadioItem
                key={choice}
                value={choice}
                closeMenuOnClick
                rightSection={<Choice size={16} stroke={1.5} />}
              >
                {t(`stepTo-${choice}`)}
              </Menu.RadioItem>
            )
          })}
        </Menu.RadioGroup>
      </Menu.Dropdown>
    </Menu>
  )
}
