import { useVirtualizer } from '@tanstack/react-virtual'
import { useCallback, useEffect, useMemo, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { plainView } from '#renderer/state/journal.ts'
import { useSettings } from '#renderer/state/settings.ts'
import type { Annotation } from '#shared/domain/annotation.ts'
import { useBench, useDocument, useUi } from '../bench/context.ts'
import { NoneShown } from '../filter/none-shown.tsx'
import { useShown } from '../filter/use-shown.ts'
import { BulkPanel } from './bulk-panel.tsx'
import { ObjectRow } from './object-row.tsx'
import { ObjectsHead } from './objects-head.tsx'
import { ObjectsSearch } from './objects-search.tsx'
import { useComplete, useMeasured } from './passing-rows.ts'
import { searchObjects } from './search-objects.ts'
import classes from './side-bar.module.css'
import { sortAnnotations } from './sort-annotations.ts'

const ROW_PX = 32

/** Every annotation of the frame. Only the rows in sight exist, so ten thousand scroll like ten. */
export function ObjectsPanel() {
  const { t } = useTranslation('workspace')
  const { shown, total } = useShown()
  const sort = useUi((state) => state.sort)
  const search = useUi((state) => state.listSearch)
  const labelsById = useUi((state) => state.labelsById)
  const frame = useDocument((state) => state.frame)
  const sorted = useMemo(() => {
    const found = searchObjects(shown, search, labelsById)
    return sortAnnotations(found, sort, frame)
  }, [shown, sort, search, labelsById, frame])
  return (
    <div className={classes.column}>
      <ObjectsHead count={sorted.length} total={total} />
      {total > 0 && <ObjectsSearch />}
      {sorted.length === 0 && search.trim() !== '' && shown.length > 0 ? (
        <div className={classes.empty}>
          <strong>{t('searchNone')}</strong>
          <p>{t('searchNoneHint')}</p>
        </div>
      ) : sorted.length === 0 && total > 0 ? (
        <NoneShown total={total} />
      ) : sorted.length === 0 ? (
        <div className={classes.empty}>
          <strong>{t('noObjects')}</strong>
          <p>{t('noObjectsHint')}</p>
        </div>
      ) : (
        <Rows sorted={sorted} />
      )}
      <BulkPanel />
    </div>
  )
}

const rowHeight = () => ROW_PX

function Rows({ sorted }: { sorted: readonly Annotation[] }) {
  const { t } = useTranslation('workspace')
  const bench = useBench()
  const viewport = useRef<HTMLDivElement>(null)
  const views = useDocument((state) => state.views)
  const active = useDocument((state) => state.active)
  const hovered = useUi((state) => state.hovered)
  const expanded = useUi((state) => state.expanded)
  const labels = useUi((state) => state.labels)
  const labelsById = useUi((state) => state.labelsById)
  const colorBy = useSettings((settings) => settings.colorBy)
  // A new function would have every row's place reckoned anew, on every frame of scrolling.
  const getItemKey = useCallback((at: number) => sorted[at]?.id ?? at, [sorted])
  bench.listOrder = () => sorted.map(({ id }) => id)
  const virtualizer = useVirtualizer({
    count: sorted.length,
    getScrollElement: () => viewport.current,
    estimateSize: rowHeight,
    getItemKey,
    overscan: 8,
  })
  const items = virtualizer.getVirtualItems()
  const complete = useComplete(items, sorted, virtualizer.isScrolling)
  const isMeasured = useMeasured()
  const isActive = useMemo(() => new Set(active), [active])
  const activeAt = useMemo(
    () => (active.length === 1 ? sorted.findIndex(({ id }) => id === active[0]) : -1),
    [active, sorted],
  )
  useEffect(() => {
    if (activeAt >= 0) virtualizer.scrollToIndex(activeAt)
  }, [activeAt, virtualizer])
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: leaving the list ends hovering; nothing to press here
    <div
      ref={viewport}
      className={classes.scroller}
      onMouseLeave={() => bench.ui.setState({ hovered: null })}
    >
      <ul
        className={classes.rows}
        style={{ height: virtualizer.getTotalSize() }}
        aria-label={t('tab-objects')}
      >
        {items.map((item) => {
          const annotation = sorted[item.index]
          if (!annotation) return null
          const { id } = annotation
          const [isSelected, isHovered] = [isActive.has(id), hovered === id]
          const isExpanded = expanded.get(id) ?? (isSelected && active.length === 1)
          const isMeant = isMeasured(item.key, isExpanded || annotation.kind === 'track')
          return (
            <li
              key={item.key}
              ref={isMeant ? virtualizer.measureElement : null}
              data-index={item.index}
              aria-setsize={sorted.length}
              aria-posinset={item.index + 1}
              className={classes.virtual}
              style={{ top: item.start }}
            >
              <ObjectRow
                annotation={annotation}
                view={views.get(id) ?? plainView}
                label={labelsById.get(annotation.labelId)}
                labels={labels}
                colorBy={colorBy}
                isActive={isSelected}
                isHovered={isHovered}
                isExpanded={isExpanded}
                isPassing={!complete.has(item.key) && !isSelected && !isHovered}
              />
            </li>
          )
        })}
      </ul>
    </div>
  )
}
