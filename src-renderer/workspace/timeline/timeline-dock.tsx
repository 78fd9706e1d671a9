import { Button } from '@mantine/core'
import { type ReactNode, useEffect, useId, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { FocusedRow } from './focused-row.tsx'
import { LaneMenu } from './lane-menu.tsx'
import { LaneSummary } from './lane-summary.tsx'
import { listen } from './pointer.ts'
import { Sheets } from './sheets.ts'
import classes from './timeline.module.css'
import { Toolbar } from './toolbar.tsx'
import { useTimeline, useTimelineState } from './use-timeline.ts'

/** Of the bar above the lanes, CSS pixels; the grid's first row. */
const BAR_PX = 30

/** The tracks of the task over time, under the picture. Lanes are drawn outside React: this mounts them once. */
export function TimelineDock() {
  const { t } = useTranslation('timeline')
  const timeline = useTimeline()
  const root = useRef<HTMLElement>(null)
  const host = useRef<HTMLDivElement>(null)
  const search = useRef<HTMLInputElement>(null)
  const summaryId = useId()
  const summary = t('shapes')
  useEffect(() => timeline.open(), [timeline])
  useEffect(() => {
    const element = host.current
    if (!element) return
    const sheets = new Sheets(timeline, element, { summary })
    const stop = listen(timeline, sheets, element)
    timeline.focus = (where) => (where === 'lanes' ? element.focus() : search.current?.select())
    return () => {
      stop()
      sheets.close()
      timeline.focus = () => undefined
    }
  }, [timeline, summary])
  useEffect(() => {
    // Keys mean the timeline's verbs only as long as the hand is in it.
    const leave = ({ target }: PointerEvent) => {
      const { activeElement } = document
      const isInside = target instanceof Node && root.current?.contains(target)
      const isMenu = target instanceof Element && target.closest('[role="menu"]') !== null
      if (isInside || isMenu || !root.current?.contains(activeElement)) return
      if (activeElement instanceof HTMLElement) activeElement.blur()
    }
    window.addEventListener('pointerdown', leave, true)
    return () => window.removeEventListener('pointerdown', leave, true)
  }, [])
  return (
    <section ref={root} className={classes.dock} aria-label={t('timeline')}>
      <Toolbar searchField={search} />
      <div
        ref={host}
        className={classes.host}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: it is drawn by hand and walked with the arrow keys
        tabIndex={0}
        role="application"
        aria-roledescription={t('timeline')}
        aria-label={t('lanes')}
        aria-describedby={summaryId}
        data-timeline
      >
        <FocusedRow />
      </div>
      <Instead />
      <LaneSummary id={summaryId} />
      <LaneMenu />
    </section>
  )
}

/** What is said where there is no lane to show. */
function Instead() {
  const timeline = useTimeline()
  const { top, height } = useTimelineState(timeline, () => timeline.layout.lanes)
  const message = useMessage()
  if (!message) return null
  return (
    <div className={classes.lanesArea} style={{ top: BAR_PX + top, height }}>
      {message}
    </div>
  )
}

function useMessage(): ReactNode {
  const { t } = useTranslation('timeline')
  const timeline = useTimeline()
  const status = useTimelineState(timeline, (state) => state.status)
  const total = useTimelineState(timeline, (state) => state.total)
  const isEmpty = useTimelineState(timeline, (state) => state.rows.length === 0)
  const search = useTimelineState(timeline, (state) => state.search)
  const isSearching = useTimelineState(timeline, (state) => state.isSearching)
  if (status === 'loading') return <p className={classes.state}>{t('loading')}</p>
  if (status === 'failed')
    return (
      <div className={classes.state}>
        <strong>{t('failed')}</strong>
        <Button variant="default" onClick={() => void timeline.lanes.load()}>
          {t('tryAgain')}
        </Button>
      </div>
    )
  if (!isEmpty || isSearching) return null
  if (total === 0)
    return (
      <div className={classes.state}>
        <strong>{t('empty')}</strong>
        <p>{t('emptyHint')}</p>
      </div>
    )
  return (
    <div className={classes.state}>
      <strong>{search.trim() === '' ? t('noneHere') : t('noneFound')}</strong>
      <p>{search.trim() === '' ? t('noneHereHint') : t('noneFoundHint')}</p>
    </div>
  )
}
