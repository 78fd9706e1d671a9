import { useEffect, useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useSettings } from '#renderer/state/settings.ts'
import { formatNumber } from '#renderer/ui/format.ts'
import { Segmented } from '#renderer/ui/segmented.tsx'
import type { ObjectSummary } from '#shared/contract/annotations.ts'
import type { AnnotationId, LabelId } from '#shared/domain/ids.ts'
import { useBench, useDocument, useUi } from '../bench/context.ts'
import { CellGrid } from './cell-grid.tsx'
import classes from './gallery.module.css'
import { closeGallery, GalleryHead } from './gallery.tsx'
import { ObjectCell } from './object-cell.tsx'
import { useObjects } from './object-data.ts'
import { type ObjectOrder, orderObjects } from './object-list.ts'
import { ObjectSelectionBar, removeObjects, showObject } from './object-selection-bar.tsx'
import { keepShown, nothingPicked } from './picking.ts'

const orders: readonly ObjectOrder[] = ['label', 'size', 'frame']

/** Every object of the job, cut out of its frame: what has the wrong label is seen among the others. */
export function ObjectGallery() {
  const { t } = useTranslation('frames')
  const bench = useBench()
  const labels = useUi((state) => state.labels)
  const [order, setOrder] = useState<ObjectOrder>('label')
  const [only, setOnly] = useState<LabelId | null>(null)
  const { objects, isComplete, isCut } = useObjects(bench.taskId, bench.document.range)
  const marks = useDocument((state) => state.marks)
  const live = useMemo(
    () => objects.filter(({ frame }) => !marks.isDeleted(frame)),
    [objects, marks],
  )
  const byId = useMemo(() => new Map(live.map((one) => [one.id as number, one])), [live])
  const groups = useMemo(() => orderObjects(live, order, labels, only), [live, order, labels, only])
  const [picking, setPicking] = useState(nothingPicked)
  useEffect(
    () =>
      setPicking((now) =>
        keepShown(
          now,
          groups.flatMap(({ items }) => items),
        ),
      ),
    [groups],
  )
  const width = useSettings((settings) => settings.panels.galleryCell)
  const sections = useMemo(
    () =>
      groups.map(({ label, items }) => ({
        title: label && (
          <>
            <i style={{ background: label.color }} />
            {label.name}
            <small>{formatNumber(items.length)}</small>
          </>
        ),
        items,
      })),
    [groups],
  )
  const picked = useMemo(
    () => [...picking.keys].flatMap((key) => byId.get(key) ?? []),
    [picking.keys, byId],
  )
  const open = (key: number) => {
    const object = byId.get(key)
    if (object) showObject(bench, object)
  }
  const shown = groups.reduce((sum, { items }) => sum + items.length, 0)
  return (
    <section className={classes.gallery} aria-label={t('gallery-objects')} data-testid="gallery">
      <GalleryHead>
        <Segmented
          label={t('orderBy')}
          value={order}
          onChange={setOrder}
          data={orders.map((value) => ({ value, label: t(`order-${value}`) }))}
        />
      </GalleryHead>
      <LabelChips objects={live} only={only} onOnly={setOnly} />
      {shown === 0 ? (
        <div className={classes.empty}>
          <strong>{t(isComplete ? 'noObjects' : 'loadingObjects')}</strong>
          {isComplete && <p>{t('noObjectsHint')}</p>}
        </div>
      ) : (
        <CellGrid
          label={t('gallery-objects')}
          sections={sections}
          cellWidth={width}
          heightOf={heightOf}
          picking={picking}
          startAt={0}
          onPicking={setPicking}
          onOpen={open}
          onDelete={() => void removeObjects(bench, picked.map(idOf))}
          onEscape={() =>
            picking.keys.size > 0
              ? setPicking({ ...picking, keys: new Set() })
              : closeGallery(bench)
          }
          nameOf={(key) => t('objectNumber', { id: key })}
          render={(key) => {
            const object = byId.get(key)
            return object ? <ObjectCell taskId={bench.taskId} object={object} /> : null
          }}
        />
      )}
      <ObjectSelectionBar
        picked={picked}
        shown={shown}
        isComplete={isComplete}
        isCut={isCut}
        onClear={() => setPicking({ ...picking, keys: new Set() })}
      />
    </section>
  )
}

/** Objects have any form, so their pictures have square boxes. */
const heightOf = (width: number) => width + 14

const idOf = ({ id }: ObjectSummary): AnnotationId => id

function LabelChips(props: {
  objects: readonly ObjectSummary[]
  only: LabelId | null
  onOnly: (label: LabelId | null) => void
}) {
  const { objects, only, onOnly } = props
  const { t } = useTranslation('frames')
  const labels = useUi((state) => state.labels)
  const counts = useMemo(() => {
    const counted = new Map<LabelId, number>()
    for (const { labelId, box } of objects)
      if (box) counted.set(labelId, (counted.get(labelId) ?? 0) + 1)
    return counted
  }, [objects])
  return (
    <div className={classes.chips} role="toolbar" aria-label={t('filter')}>
      <button
        type="button"
        className={classes.chip}
        aria-pressed={only === null}
        onClick={() => onOnly(null)}
      >
        {t('filter-all')}
      </button>
      {labels
        .filter(({ id }) => counts.has(id))
        .map(({ id, name, color }) => (
          <button
            key={id}
            type="button"
            className={classes.chip}
            aria-pressed={only === id}
            onClick={() => onOnly(only === id ? null : id)}
          >
            <i style={{ background: color }} />
            {name}
            <b>{formatNumber(counts.get(id) ?? 0)}</b>
          </button>
        ))}
    </div>
  )
}
