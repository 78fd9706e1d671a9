import { useVirtualizer } from '@tanstack/react-virtual'
import { useEffect, useMemo, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { plainView } from '#renderer/state/journal.ts'
import { useSettings } from '#renderer/state/settings.ts'
import { useBench, useDocument, useUi } from '../bench/context.ts'
import { NoneShown } from '../filter/none-shown.tsx'
import { useShown } from '../filter/use-shown.ts'
import { BulkPanel } from './bulk-panel.tsx'
import { ObjectRow } from './object-row.tsx'
import { ObjectsHead } from './objects-head.tsx'
import { ObjectsSearch } from './objects-search.tsx'
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

function Rows({ sorted }: { sorted: ReturnType<typeof sortAnnotations> }) {
  const bench = useBench()
  const viewport = useRef<HTMLDivElement>(null)
  const views = useDocument((state) => state.views)
  const active = useDocument((state) => state.active)
  const hovered = useUi((state) => state.hovered)
  const expanded = useUi((state) => state.expanded)
  const labels = useUi((state) => state.labels)
  const labelsById = useUi((state) => state.labelsById)
  const colorBy = useSettings((settings) => settings.colorBy)
  const virtualizer = useVirtualizer({
    count: sorted.length,
    getScrollElement: () => viewport.current,
    estimateSize: () => ROW_PX,
    getItemKey: (at) => sorted[at]?.id ?? at,
    overscan: 8,
  })
  const activeAt = active.length === 1 ? sorted.findIndex(({ id }) => id === active[0]) : -1
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
      <div style={{ height: virtualizer.getTotalSize(), position: 'relative' }}>
        {virtualizer.getVirtualItems().map((item) => {
          const annotation = sorted[item.index]
          if (!annotation) return null
          const isActive = active.includes(annotation.id)
          return (
            <div
              key={item.key}
              ref={virtualizer.measureElement}
              data-index={item.index}
              className={classes.virtual}
              style={{ transform: `translateY(${item.start}px)` }}
            >
              <ObjectRow
                annotation={annotation}
                view={views.get(annotation.id) ?? plainView}
                label={labelsById.get(annotation.labelId)}
                labels={labels}
                colorBy={colorBy}
                isActive={isActive}
                isHovered={hovered === annotation.id}
                isExpanded={expanded.get(annotation.id) ?? (isActive && active.length === 1)}
              />
            </div>
          )
        })}
      </div>
    </div>
  )
}
