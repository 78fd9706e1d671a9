import { Tooltip } from '@mantine/core'
import {
  IconChevronDown,
  IconChevronRight,
  IconEye,
  IconEyeOff,
  IconLock,
  IconLockOpen,
} from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { runAction } from '#renderer/state/actions.ts'
import { formatNumber } from '#renderer/ui/format.ts'
import type { BenchState, SortOrder } from '../bench/bench.ts'
import { useBench, useDocument, useUi } from '../bench/context.ts'
import { allIds } from '../bench/editing.ts'
import { useShown } from '../filter/use-shown.ts'
import { ActionHint } from '../parts/action-button.tsx'
import { actionTitle } from '../parts/action-text.ts'
import classes from './side-bar.module.css'

const orders: readonly SortOrder[] = ['id-ascending', 'id-descending', 'z-order', 'label']

/** How many, in which order, and the three switches for all of them. */
export function ObjectsHead({ count, total }: { count: number; total: number }) {
  const { t } = useTranslation(['workspace', 'filter'])
  const bench = useBench()
  const sort = useUi((state) => state.sort)
  return (
    <div className={classes.head}>
      <span className={classes.count}>
        {count === total
          ? t('items', { count, formatted: formatNumber(count) })
          : t('filter:shownOf', { shown: formatNumber(count), total: formatNumber(total) })}
      </span>
      <select
        className={classes.select}
        aria-label={t('sortBy')}
        value={sort}
        onChange={(event) => bench.ui.setState({ sort: event.currentTarget.value as SortOrder })}
      >
        {orders.map((order) => (
          <option key={order} value={order}>
            {t(`sort-${order}`)}
          </option>
        ))}
      </select>
      <span className={classes.grow} />
      <AllSwitches />
    </div>
  )
}

function AllSwitches() {
  const { t } = useTranslation('workspace')
  const bench = useBench()
  const { locked, hidden } = useAllFlags()
  const expanded = useUi((state) => hasOpen(state.expanded))
  const toggleExpanded = () =>
    bench.ui.setState({
      expanded: new Map(expanded ? [] : allIds(bench).map((id) => [id, true])),
    })
  const Expand = expanded ? IconChevronDown : IconChevronRight
  return (
    <>
      <AllSwitch action="objects.lock-all" isOn={locked}>
        {locked ? <IconLock {...glyph} /> : <IconLockOpen {...glyph} />}
      </AllSwitch>
      <AllSwitch action="objects.hide-all" isOn={hidden}>
        {hidden ? <IconEyeOff {...glyph} /> : <IconEye {...glyph} />}
      </AllSwitch>
      <Tooltip label={t('expandAll')}>
        <button
          type="button"
          className={classes.headButton}
          aria-label={t('expandAll')}
          aria-pressed={expanded}
          onClick={toggleExpanded}
        >
          <Expand {...glyph} />
        </button>
      </Tooltip>
    </>
  )
}

/** Asked on every change of the screen: it stops at the first. */
function hasOpen(expanded: BenchState['expanded']): boolean {
  for (const isOpen of expanded.values()) if (isOpen) return true
  return false
}

const glyph = { size: 16, stroke: 1.5 } as const

function AllSwitch(props: { action: string; isOn: boolean; children: React.ReactNode }) {
  return (
    <Tooltip label={<ActionHint action={props.action} />}>
      <button
        type="button"
        className={classes.headButton}
        aria-label={actionTitle(props.action)}
        aria-pressed={props.isOn}
        onClick={() => runAction(props.action)}
      >
        {props.children}
      </button>
    </Tooltip>
  )
}

function useAllFlags() {
  const views = useDocument((state) => state.views)
  const { shown } = useShown()
  const all = (flag: 'locked' | 'hidden') =>
    shown.length > 0 && shown.every(({ id }) => views.get(id)?.[flag])
  return { locked: all('locked'), hidden: all('hidden') }
}
