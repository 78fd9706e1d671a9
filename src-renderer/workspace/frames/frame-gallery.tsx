import { TextInput } from '@mantine/core'
import { IconSearch } from '@tabler/icons-react'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useDeferredValue, useEffect, useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { orpc } from '#renderer/state/queries.ts'
import { useSettings } from '#renderer/state/settings.ts'
import { formatNumber } from '#renderer/ui/format.ts'
import { useBench, useDocument } from '../bench/context.ts'
import { goTo } from '../bench/player.ts'
import { CellGrid } from './cell-grid.tsx'
import { FrameCell } from './frame-cell.tsx'
import { useAllCounts, useProblemFrames } from './frame-data.ts'
import { type FrameFilter, filterFrames, frameFilters } from './frame-filter.ts'
import { FrameSelectionBar } from './frame-selection-bar.tsx'
import { markFrames } from './frame-verbs.ts'
import classes from './gallery.module.css'
import { closeGallery, GalleryHead } from './gallery.tsx'
import { keepShown, nothingPicked } from './picking.ts'

/** Every frame of the job as a picture: filter them, pick some, say something about all of them at once. */
export function FrameGallery() {
  const { t } = useTranslation('frames')
  const bench = useBench()
  const [filter, setFilter] = useState<FrameFilter>('all')
  const [text, setText] = useState('')
  const { frames, numbers } = useFilteredFrames(filter, text)
  const [picking, setPicking] = useState(() => {
    const at = frames.indexOf(bench.document.state.getState().frame)
    return { ...nothingPicked, cursor: Math.max(0, at), anchor: Math.max(0, at) }
  })
  useEffect(() => setPicking((now) => keepShown(now, frames)), [frames])
  const marks = useDocument((state) => state.marks)
  const problems = useProblemFrames(bench.taskId)
  const width = useSettings((settings) => settings.panels.galleryCell)
  const sections = useMemo(() => [{ title: null, items: frames }], [frames])
  const picked = useMemo(() => [...picking.keys].sort((a, b) => a - b), [picking.keys])
  const open = (frame: number) => {
    goTo(bench, frame)
    closeGallery(bench)
  }
  return (
    <section className={classes.gallery} aria-label={t('gallery-frames')} data-testid="gallery">
      <GalleryHead>
        <TextInput
          w={220}
          leftSection={<IconSearch size={14} />}
          placeholder={t('searchName')}
          aria-label={t('searchName')}
          value={text}
          onChange={(event) => setText(event.currentTarget.value)}
          onKeyDown={(event) => {
            if (event.key !== 'Escape') return
            event.stopPropagation()
            if (text === '') closeGallery(bench)
            else setText('')
          }}
        />
      </GalleryHead>
      <div className={classes.chips} role="toolbar" aria-label={t('filter')}>
        {frameFilters.map((name) => (
          <button
            key={name}
            type="button"
            className={classes.chip}
            aria-pressed={filter === name}
            onClick={() => setFilter(name)}
          >
            {t(`filter-${name}`)}
            {numbers[name] !== undefined && <b>{formatNumber(numbers[name])}</b>}
          </button>
        ))}
      </div>
      {frames.length === 0 ? (
        <div className={classes.empty}>
          <strong>{t('noFrames')}</strong>
          <p>{t('noFramesHint')}</p>
        </div>
      ) : (
        <CellGrid
          label={t('gallery-frames')}
          sections={sections}
          cellWidth={width}
          heightOf={heightOf}
          picking={picking}
          startAt={picking.cursor}
          onPicking={setPicking}
          onOpen={open}
          onDelete={() => markFrames(bench, 'delete-frame', picked)}
          onEscape={() =>
            picking.keys.size > 0
              ? setPicking({ ...picking, keys: new Set() })
              : closeGallery(bench)
          }
          nameOf={(frame) => t('frameNumber', { frame })}
          render={(frame) => (
            <FrameCell
              taskId={bench.taskId}
              frame={frame}
              isDeleted={marks.isDeleted(frame)}
              isChecked={marks.isChecked(frame)}
              isProblem={problems.has(frame)}
            />
          )}
        />
      )}
      <FrameSelectionBar
        picked={picked}
        shown={frames.length}
        onOpen={open}
        onClear={() => setPicking({ ...picking, keys: new Set() })}
      />
    </section>
  )
}

/** Room for a picture of 4 to 3 and its caption. */
const heightOf = (width: number) => Math.round((width - 8) * 0.75) + 28

/** Frames that pass the filter and the name, and how many each filter would leave. */
function useFilteredFrames(filter: FrameFilter, text: string) {
  const bench = useBench()
  const { range } = bench.document
  const marks = useDocument((state) => state.marks)
  const problems = useProblemFrames(bench.taskId)
  const counts = useAllCounts(bench.taskId, range)
  const wanted = useDeferredValue(text.trim())
  const { data } = useQuery({
    ...orpc.frames.named.queryOptions({ input: { taskId: bench.taskId, text: wanted } }),
    enabled: wanted !== '',
    placeholderData: keepPreviousData,
  })
  const named = wanted === '' ? null : (data?.frames ?? [])
  const numbers = useMemo(() => {
    const facts = { marks, counts, problems }
    const count = (name: FrameFilter) => filterFrames(range, name, facts, null).length
    const counted = frameFilters.filter((name) => counts || !NEEDS_COUNTS.has(name))
    return Object.fromEntries(counted.map((name) => [name, count(name)])) as Partial<
      Record<FrameFilter, number>
    >
  }, [range, marks, counts, problems])
  // biome-ignore lint/correctness/useExhaustiveDependencies: `named` is made anew at every render from `data`
  const frames = useMemo(
    () => filterFrames(range, filter, { marks, counts, problems }, named),
    [range, filter, marks, counts, problems, data, wanted === ''],
  )
  return { frames, numbers }
}

const NEEDS_COUNTS = new Set<FrameFilter>(['annotated', 'empty'])
