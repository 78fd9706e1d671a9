import { Button, Loader } from '@mantine/core'
import { IconChevronDown, IconChevronUp } from '@tabler/icons-react'
import { useVirtualizer } from '@tanstack/react-virtual'
import { useEffect, useMemo, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { ErrorNotice } from '#renderer/ui/error-notice.tsx'
import { formatNumber } from '#renderer/ui/format.ts'
import type { Difference } from '#shared/domain/prediction.ts'
import { useBench, useUi } from '../bench/context.ts'
import { ActionButton } from '../parts/action-button.tsx'
import sideClasses from '../side-bar/side-bar.module.css'
import { DifferenceCard } from './difference-card.tsx'
import { DifferenceFilters } from './difference-filters.tsx'
import { DifferenceRow } from './difference-row.tsx'
import { keyOf, shownOf } from './differences.ts'
import classes from './predictions.module.css'
import { useQueue } from './use-layer.ts'

const ROW_PX = 30
const rowHeight = () => ROW_PX
/** So many rows before the end of what is loaded, more are asked for. */
const NEAR_END = 30

/** Where predictions and annotations disagree, to be walked through; what can be done about the one in hand is below it. */
export function DifferenceList() {
  const bench = useBench()
  const entries = useQueue((state) => state.entries)
  const kinds = useQueue((state) => state.kinds)
  const kept = useQueue((state) => state.kept)
  const problem = useQueue((state) => state.problem)
  const rows = useMemo(() => shownOf({ entries, kinds, kept }), [entries, kinds, kept])
  return (
    <>
      <DifferenceFilters />
      <Head count={rows.length} />
      {problem ? (
        <div className={classes.notice}>
          <ErrorNotice problem={problem} onRetry={() => void bench.differences.begin()} />
        </div>
      ) : rows.length > 0 ? (
        <Rows rows={rows} />
      ) : (
        <None />
      )}
      <DifferenceCard />
    </>
  )
}

function Head({ count }: { count: number }) {
  const { t } = useTranslation('predictions')
  const isLoading = useQueue((state) => state.isLoading)
  const hasMore = useQueue((state) => state.next !== null)
  const formatted = hasMore ? `${formatNumber(count)}+` : formatNumber(count)
  return (
    <div className={sideClasses.head}>
      <span className={sideClasses.count} role="status">
        {t('differences', { count, formatted })}
      </span>
      {isLoading && <Loader size={12} />}
      <span className={sideClasses.grow} />
      <ActionButton
        action="predictions.previous"
        icon={IconChevronUp}
        size={24}
        disabled={count === 0}
      />
      <ActionButton
        action="predictions.next"
        icon={IconChevronDown}
        size={24}
        disabled={count === 0}
      />
    </div>
  )
}

function Rows({ rows }: { rows: readonly Difference[] }) {
  const bench = useBench()
  const viewport = useRef<HTMLDivElement>(null)
  const current = useQueue((state) => state.current)
  const labelsById = useUi((state) => state.labelsById)
  const virtualizer = useVirtualizer({
    count: rows.length,
    getScrollElement: () => viewport.current,
    estimateSize: rowHeight,
    overscan: 8,
  })
  const items = virtualizer.getVirtualItems()
  const last = items.at(-1)?.index ?? 0
  useEffect(() => {
    if (last >= rows.length - NEAR_END) void bench.differences.more()
  }, [bench, last, rows.length])
  const currentAt = rows.findIndex((one) => keyOf(one) === current)
  useEffect(() => {
    if (currentAt >= 0) virtualizer.scrollToIndex(currentAt)
  }, [currentAt, virtualizer])
  return (
    <div ref={viewport} className={sideClasses.scroller}>
      <div style={{ height: virtualizer.getTotalSize(), position: 'relative' }}>
        {items.map((item) => {
          const difference = rows[item.index]
          if (!difference) return null
          return (
            <div key={item.key} className={sideClasses.virtual} style={{ top: item.start }}>
              <DifferenceRow
                difference={difference}
                label={labelsById.get(difference.labelId)}
                isCurrent={item.index === currentAt}
              />
            </div>
          )
        })}
      </div>
    </div>
  )
}

function None() {
  const { t } = useTranslation('predictions')
  const bench = useBench()
  const isLoading = useQueue((state) => state.isLoading)
  const hasMore = useQueue((state) => state.next !== null)
  const isFiltered = useQueue((state) => state.entries.length > 0)
  if (isLoading) return <div className={sideClasses.scroller} />
  return (
    <div className={`${sideClasses.empty} ${sideClasses.scroller}`}>
      <strong>{t(isFiltered ? 'noneOfKinds' : 'noDifferences')}</strong>
      <p>{t(isFiltered ? 'noneOfKindsHint' : 'noDifferencesHint')}</p>
      {hasMore && (
        <Button variant="default" mt={12} onClick={() => void bench.differences.more()}>
          {t('lookOn')}
        </Button>
      )}
    </div>
  )
}
