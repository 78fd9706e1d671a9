import { useInfiniteQuery } from '@tanstack/react-query'
import { useVirtualizer } from '@tanstack/react-virtual'
import { useEffect, useMemo, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { orpc } from '#renderer/state/queries.ts'
import type { TaskId } from '#shared/domain/ids.ts'
import type { HistoryEntry } from '#shared/operations/operation.ts'
import type { Bench } from '../bench/bench.ts'
import { useBench, useDocument } from '../bench/context.ts'
import { HistoryRow } from './history-row.tsx'
import classes from './side-bar.module.css'
import { stepsTo } from './steps-to.ts'

const PAGE = 200
const ROW_PX = 28

/** Every step ever made on the task, newest first; a click goes there. Undone steps stay in sight until a new one. */
export function HistoryPanel() {
  const { t } = useTranslation('workspace')
  const bench = useBench()
  const { entries, loadMore } = useHistory(bench.taskId)
  const travelling = useDocument((state) => state.travelling)
  const viewport = useRef<HTMLDivElement>(null)
  const virtualizer = useVirtualizer({
    count: entries.length,
    getScrollElement: () => viewport.current,
    estimateSize: () => ROW_PX,
    overscan: 10,
  })
  const items = virtualizer.getVirtualItems()
  const last = items.at(-1)?.index ?? 0
  useEffect(() => {
    if (last >= entries.length - 20) loadMore()
  }, [last, entries.length, loadMore])
  if (entries.length === 0)
    return (
      <div className={classes.empty}>
        <strong>{t('noHistory')}</strong>
        <p>{t('noHistoryHint')}</p>
      </div>
    )
  const current = entries.findIndex((entry) => !entry.undone)
  return (
    <div ref={viewport} className={classes.scroller} data-busy={travelling}>
      <div style={{ height: virtualizer.getTotalSize(), position: 'relative' }}>
        {items.map((item) => {
          const entry = entries[item.index]
          if (!entry) return null
          return (
            <div
              key={entry.id}
              className={classes.virtual}
              style={{ transform: `translateY(${item.start}px)` }}
            >
              <HistoryRow
                entry={entry}
                isCurrent={item.index === current}
                onGo={() => goToEntry(bench, entries, entry)}
              />
            </div>
          )
        })}
      </div>
    </div>
  )
}

function useHistory(taskId: TaskId) {
  const query = useInfiniteQuery(
    orpc.annotations.history.infiniteOptions({
      input: (before: number | undefined) => ({
        taskId,
        limit: PAGE,
        ...(before === undefined ? {} : { before }),
      }),
      initialPageParam: undefined as number | undefined,
      getNextPageParam: (page: HistoryEntry[]) =>
        page.length === PAGE ? page.at(-1)?.id : undefined,
    }),
  )
  const entries = useMemo(() => query.data?.pages.flat() ?? [], [query.data])
  const { hasNextPage, isFetchingNextPage, fetchNextPage } = query
  const loadMore = () => {
    if (hasNextPage && !isFetchingNextPage) void fetchNextPage()
  }
  return { entries, loadMore }
}

/** Undo or redo as often as it takes. The document queues the presses, so nothing is skipped. */
function goToEntry(bench: Bench, entries: readonly HistoryEntry[], entry: HistoryEntry): void {
  const { verb, times } = stepsTo(entries, entry.id)
  for (let turn = 0; turn < times; turn += 1) void bench.document.travel(verb)
  if (times === 0) void bench.document.goTo(entry.frame)
}
