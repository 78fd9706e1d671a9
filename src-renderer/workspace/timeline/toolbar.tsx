import {
  IconArrowAutofitWidth,
  IconFocusCentered,
  IconMovie,
  IconSearch,
  IconX,
  IconZoomIn,
  IconZoomOut,
} from '@tabler/icons-react'
import type { RefObject } from 'react'
import { useTranslation } from 'react-i18next'
import { useSettings } from '#renderer/state/settings.ts'
import { formatNumber } from '#renderer/ui/format.ts'
import { ActionButton } from '../parts/action-button.tsx'
import type { LaneSort } from './rows.ts'
import classes from './timeline.module.css'
import { useTimeline, useTimelineState } from './use-timeline.ts'

const sorts: readonly LaneSort[] = ['start', 'label', 'number']

/** How many tracks, which of them and in which order; how much of time. */
export function Toolbar({ searchField }: { searchField: RefObject<HTMLInputElement | null> }) {
  const { t } = useTranslation('timeline')
  const timeline = useTimeline()
  const sort = useTimelineState(timeline, (state) => state.sort)
  const onFrameOnly = useTimelineState(timeline, (state) => state.onFrameOnly)
  const hasThumbs = useSettings((settings) => settings.timeline.thumbnails)
  return (
    <div className={classes.bar} role="toolbar" aria-label={t('timeline')}>
      <Count />
      <SearchField field={searchField} />
      <select
        className={classes.select}
        aria-label={t('sortBy')}
        value={sort}
        onChange={(event) => timeline.setSort(event.currentTarget.value as LaneSort)}
      >
        {sorts.map((one) => (
          <option key={one} value={one}>
            {t(`sort-${one}`)}
          </option>
        ))}
      </select>
      <button
        type="button"
        className={classes.chip}
        aria-pressed={onFrameOnly}
        onMouseDown={(event) => event.preventDefault()}
        onClick={() => timeline.setOnFrameOnly(!onFrameOnly)}
      >
        {t('onFrame')}
      </button>
      <span className={classes.grow} />
      <ChosenText />
      <ActionButton {...small} action="timeline.zoom-out" icon={IconZoomOut} />
      <ActionButton {...small} action="timeline.zoom-in" icon={IconZoomIn} />
      <ActionButton {...small} action="timeline.fit-selection" icon={IconFocusCentered} />
      <ActionButton {...small} action="timeline.fit" icon={IconArrowAutofitWidth} />
      <ActionButton {...small} action="timeline.thumbnails" icon={IconMovie} isOn={hasThumbs} />
      <ActionButton {...small} action="view.timeline" icon={IconX} />
    </div>
  )
}

const small = { size: 24, side: 'top' } as const

function Count() {
  const { t } = useTranslation('timeline')
  const timeline = useTimeline()
  const total = useTimelineState(timeline, (state) => state.total)
  const shown = useTimelineState(timeline, (state) => state.rows.length)
  const text =
    shown === total
      ? t('tracks', { count: total, formatted: formatNumber(total) })
      : t('tracksOf', { shown: formatNumber(shown), total: formatNumber(total) })
  return <span className={classes.count}>{text}</span>
}

/** What a range pulled open holds, for as long as there is one. */
function ChosenText() {
  const { t } = useTranslation('timeline')
  const timeline = useTimeline()
  const chosen = useTimelineState(timeline, (state) => state.chosen)
  if (!chosen) return null
  const { start, stop, ids } = chosen
  const key = start === stop ? 'chosenFrame' : 'chosenFrames'
  return <span className={classes.chosen}>{t(key, { start, stop, count: ids.size })}</span>
}

function SearchField({ field }: { field: RefObject<HTMLInputElement | null> }) {
  const { t } = useTranslation('timeline')
  const timeline = useTimeline()
  const text = useTimelineState(timeline, (state) => state.search)
  const set = (next: string) => void timeline.setSearch(next).catch(() => undefined)
  return (
    <div className={classes.search}>
      <IconSearch size={13} stroke={1.5} aria-hidden="true" />
      <input
        ref={field}
        type="search"
        aria-label={t('search')}
        placeholder={t('search')}
        title={t('searchHint')}
        value={text}
        onChange={(event) => set(event.currentTarget.value)}
        onKeyDown={(event) => {
          if (event.key === 'Escape') set('')
          if (event.key === 'Escape' || event.key === 'Enter') timeline.focus('lanes')
        }}
      />
      {text !== '' && (
        <button type="button" aria-label={t('clearSearch')} onClick={() => set('')}>
          <IconX size={12} />
        </button>
      )}
    </div>
  )
}
