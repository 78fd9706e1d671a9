import { ActionIcon, Button, NumberInput, Tooltip } from '@mantine/core'
import { IconPlayerSkipBack, IconPlayerSkipForward } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { setAi, useAi } from '#renderer/state/known-functions.ts'
import { Segmented } from '#renderer/ui/segmented.tsx'
import type { TrackerInfo } from '#shared/contract/trackers.ts'
import classes from '../ai/ai.module.css'
import { useBench, useDocument } from '../bench/context.ts'
import { drawable } from './drawable.ts'
import { startTracking, trackable } from './range-tracking.ts'

/** What is on this frame already, led to another frame at one go: forward, or back. */
export function TrackRange({ tracker, onBegin }: { tracker: TrackerInfo; onBegin: () => void }) {
  const { t } = useTranslation('ai')
  const bench = useBench()
  const frame = useDocument((state) => state.frame)
  const active = useDocument((state) => state.active)
  useDocument((state) => state.annotations)
  const { minScore, keyframeEvery } = useAi((ai) => ai.track)
  const set = (change: Partial<{ minScore: number; keyframeEvery: number }>) =>
    setAi({ track: { minScore, keyframeEvery, ...change } })
  const { start, stop } = bench.document.range
  const [wanted, setWanted] = useState<number | null>(null)
  const to = Math.min(stop, Math.max(start, wanted ?? stop))
  const all = trackable(bench, tracker)
  const chosen = all.filter((id) => active.includes(id))
  const [scope, setScope] = useState<'chosen' | 'all'>(chosen.length > 0 ? 'chosen' : 'all')
  const ids = scope === 'chosen' ? chosen : all
  const way = to < frame ? 'backward' : 'forward'
  return (
    <>
      <div className={classes.fieldHead}>
        <span>{t('trackRange')}</span>
      </div>
      <Segmented
        label={t('trackScope')}
        value={scope}
        onChange={setScope}
        data={[
          { value: 'chosen', label: t('trackChosen', { count: chosen.length }) },
          { value: 'all', label: t('trackAll', { count: all.length }) },
        ]}
      />
      {all.length === 0 && <NothingToTrack tracker={tracker} />}
      <div className={classes.slider}>
        <span>{t(`trackTo-${way}`)}</span>
        <NumberInput
          aria-label={t('trackTo')}
          min={start}
          max={stop}
          allowDecimal={false}
          value={to}
          onChange={(value) => value !== '' && setWanted(Number(value))}
        />
        <span className={classes.swatch}>
          <EndButton label={t('toStart')} icon="start" onClick={() => setWanted(start)} />
          <EndButton label={t('toEnd')} icon="end" onClick={() => setWanted(stop)} />
        </span>
      </div>
      <div className={classes.pair}>
        <NumberInput
          label={t('keyframeEvery')}
          min={1}
          max={1000}
          allowDecimal={false}
          value={keyframeEvery}
          onChange={(value) => Number(value) >= 1 && set({ keyframeEvery: Number(value) })}
        />
        <NumberInput
          label={t('stopBelow')}
          min={0}
          max={1}
          step={0.05}
          decimalScale={2}
          value={minScore}
          onChange={(value) => set({ minScore: Math.min(1, Math.max(0, Number(value))) })}
        />
      </div>
      <Button
        variant="default"
        disabled={ids.length === 0 || to === frame}
        onClick={() => {
          onBegin()
          void startTracking(bench, { tracker, ids, to, minScore, keyframeEvery })
        }}
      >
        {t('trackRun', { count: ids.length })}
      </Button>
    </>
  )
}

/** Why nothing can be led: a polygon is no box. */
function NothingToTrack({ tracker: { name, shapeTypes } }: { tracker: TrackerInfo }) {
  const { t } = useTranslation('ai')
  const shapes = drawable.filter((shape) => shapeTypes.includes(shape))
  const names = shapes.map((shape) => t(`shape-${shape}`)).join(', ')
  return <p className={classes.quiet}>{t('trackNothing', { name, shapes: names })}</p>
}

function EndButton(props: { label: string; icon: 'start' | 'end'; onClick: () => void }) {
  const Glyph = props.icon === 'start' ? IconPlayerSkipBack : IconPlayerSkipForward
  return (
    <Tooltip label={props.label}>
      <ActionIcon size={20} aria-label={props.label} onClick={props.onClick}>
        <Glyph size={14} stroke={1.5} />
      </ActionIcon>
    </Tooltip>
  )
}
