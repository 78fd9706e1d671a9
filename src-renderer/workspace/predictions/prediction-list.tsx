import { Button } from '@mantine/core'
import { IconCheck, IconChevronLeft, IconChevronRight, IconX } from '@tabler/icons-react'
import { useVirtualizer } from '@tanstack/react-virtual'
import { useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { runAction } from '#renderer/state/actions.ts'
import { ErrorNotice } from '#renderer/ui/error-notice.tsx'
import { formatNumber } from '#renderer/ui/format.ts'
import { useBench, useUi } from '../bench/context.ts'
import { ActionButton } from '../parts/action-button.tsx'
import sideClasses from '../side-bar/side-bar.module.css'
import { PredictionRow } from './prediction-row.tsx'
import classes from './predictions.module.css'
import { isBelow } from './rows.ts'
import { ScoreBar } from './score-bar.tsx'
import { useLayer } from './use-layer.ts'

const ROW_PX = 32
const rowHeight = () => ROW_PX

/** The open ones of the frame, the best first, and over them what can be done with all of the task. */
export function PredictionList() {
  const bench = useBench()
  const summary = useLayer((state) => state.summary)
  const problem = useLayer((state) => state.problem)
  const count = useLayer((state) => state.here.length)
  const isAsking = useLayer((state) => state.isAsking)
  if (problem)
    return (
      <div className={classes.notice}>
        <ErrorNotice problem={problem} onRetry={() => bench.predictions.changed()} />
      </div>
    )
  if (summary?.open === 0) return <AllDecided />
  return (
    <>
      {summary && <ScoreBar summary={summary} />}
      <FrameHead count={count} />
      {count > 0 ? <Rows /> : !isAsking && <NoneHere />}
    </>
  )
}

/** How many there are on this frame, those before and after it, and all of them at once. */
function FrameHead({ count }: { count: number }) {
  const { t } = useTranslation('predictions')
  const frame = useLayer((state) => state.frame)
  return (
    <div className={sideClasses.head}>
      <ActionButton action="predictions.previous-frame" icon={IconChevronLeft} size={24} />
      <span className={sideClasses.count}>
        {t('onFrame', { frame: formatNumber(frame), count, formatted: formatNumber(count) })}
      </span>
      <ActionButton action="predictions.next-frame" icon={IconChevronRight} size={24} />
      <span className={sideClasses.grow} />
      <ActionButton
        action="predictions.reject-frame"
        icon={IconX}
        size={24}
        disabled={count === 0}
      />
      <ActionButton
        action="predictions.accept-frame"
        icon={IconCheck}
        size={24}
        disabled={count === 0}
      />
    </div>
  )
}

function Rows() {
  const { t } = useTranslation('predictions')
  const bench = useBench()
  const viewport = useRef<HTMLDivElement>(null)
  const here = useLayer((state) => state.here)
  const chosen = useLayer((state) => state.chosen)
  const hovered = useLayer((state) => state.hovered)
  const bar = useLayer((state) => state.bar)
  const labelsById = useUi((state) => state.labelsById)
  const virtualizer = useVirtualizer({
    count: here.length,
    getScrollElement: () => viewport.current,
    estimateSize: rowHeight,
    getItemKey: (at) => here[at]?.id ?? at,
    overscan: 8,
  })
  const chosenAt = here.findIndex(({ id }) => id === chosen)
  useEffect(() => {
    if (chosenAt >= 0) virtualizer.scrollToIndex(chosenAt)
  }, [chosenAt, virtualizer])
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: leaving the list ends hovering; nothing to press here
    <div
      ref={viewport}
      className={sideClasses.scroller}
      onMouseLeave={() => bench.predictions.state.setState({ hovered: null })}
    >
      <ul
        className={classes.rows}
        aria-label={t('rows')}
        style={{ height: virtualizer.getTotalSize() }}
      >
        {virtualizer.getVirtualItems().map((item) => {
          const prediction = here[item.index]
          if (!prediction) return null
          return (
            <PredictionRow
              key={item.key}
              top={item.start}
              prediction={prediction}
              label={labelsById.get(prediction.proposal.labelId)}
              isChosen={prediction.id === chosen}
              isHovered={prediction.id === hovered}
              isBelow={isBelow(prediction, bar)}
            />
          )
        })}
      </ul>
    </div>
  )
}

function NoneHere() {
  const { t } = useTranslation('predictions')
  return (
    <div className={sideClasses.empty}>
      <strong>{t('noneHere')}</strong>
      <p>{t('noneHereHint')}</p>
      <Button variant="default" mt={12} onClick={() => runAction('predictions.next-frame')}>
        {t('goToNext')}
      </Button>
    </div>
  )
}

function AllDecided() {
  const { t } = useTranslation('predictions')
  return (
    <div className={sideClasses.empty}>
      <strong>{t('allDecided')}</strong>
      <p>{t('allDecidedHint')}</p>
    </div>
  )
}
