import { useVirtualizer } from '@tanstack/react-virtual'
import { useEffect, useLayoutEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useBench, useDocument } from '../bench/context.ts'
import { goTo } from '../bench/player.ts'
import { FrameCell } from './frame-cell.tsx'
import { useProblemFrames } from './frame-data.ts'
import classes from './frames.module.css'

const CAPTION_PX = 20
const GAP_PX = 6
const LEAST_PX = 40

/** All frames of the job in a row under the picture: the one on screen is marked and kept in sight, a click goes there. */
export function FrameStrip() {
  const { t } = useTranslation('frames')
  const bench = useBench()
  const { start, stop } = bench.document.range
  const viewport = useRef<HTMLDivElement>(null)
  const height = useHeight(viewport)
  const frame = useDocument((state) => state.wanted)
  const marks = useDocument((state) => state.marks)
  const problems = useProblemFrames(bench.taskId)
  const width =
    Math.max(LEAST_PX, Math.round((height - CAPTION_PX - 2 * GAP_PX) * (4 / 3))) + GAP_PX
  const virtualizer = useVirtualizer({
    count: stop - start + 1,
    horizontal: true,
    getScrollElement: () => viewport.current,
    estimateSize: () => width,
    overscan: 4,
    initialOffset: () => (frame - start) * width,
    scrollPaddingStart: 2 * width,
    scrollPaddingEnd: 2 * width,
  })
  // biome-ignore lint/correctness/useExhaustiveDependencies: another width lays every cell out anew
  useLayoutEffect(() => virtualizer.measure(), [width, virtualizer])
  // biome-ignore lint/correctness/useExhaustiveDependencies: the width moves the shown frame out of sight as well
  useLayoutEffect(
    () => virtualizer.scrollToIndex(frame - start),
    [frame, start, width, virtualizer],
  )
  return (
    <div
      ref={viewport}
      className={classes.strip}
      role="listbox"
      aria-label={t('strip')}
      data-testid="frame-strip"
      onWheel={(event) => {
        // A wheel turns one way only; sideways scrolling of a touchpad is left to the browser.
        if (event.deltaX === 0) event.currentTarget.scrollLeft += event.deltaY
      }}
    >
      <div style={{ width: virtualizer.getTotalSize(), height: '100%', position: 'relative' }}>
        {virtualizer.getVirtualItems().map((item) => {
          const at = start + item.index
          return (
            <div
              key={at}
              className={classes.stripCell}
              style={{ width: width - GAP_PX, transform: `translateX(${item.start}px)` }}
              role="option"
              aria-selected={at === frame}
              aria-label={t('frameNumber', { frame: at })}
              tabIndex={-1}
              onMouseDown={(event) => {
                // The focus stays where it was, so that keys go on stepping frames.
                event.preventDefault()
                if (event.button === 0) goTo(bench, at)
              }}
            >
              <FrameCell
                taskId={bench.taskId}
                frame={at}
                isDeleted={marks.isDeleted(at)}
                isChecked={marks.isChecked(at)}
                isProblem={problems.has(at)}
              />
            </div>
          )
        })}
      </div>
    </div>
  )
}

function useHeight(element: React.RefObject<HTMLDivElement | null>): number {
  const [height, setHeight] = useState(110)
  useEffect(() => {
    if (!element.current) return
    const observer = new ResizeObserver(([entry]) => {
      if (entry) setHeight(Math.round(entry.contentRect.height))
    })
    observer.observe(element.current)
    return () => observer.disconnect()
  }, [element])
  return height
}
