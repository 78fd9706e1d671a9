import { Checkbox, RangeSlider, Slider } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { Tone } from '#renderer/state/picture/tone.ts'
import { setSettings, useSettings } from '#renderer/state/settings.ts'
import { formatNumber } from '#renderer/ui/format.ts'
import { Segmented } from '#renderer/ui/segmented.tsx'
import { useDocument } from '../bench/context.ts'
import classes from './stage.module.css'

const equalizations: readonly Tone['equalize'][] = ['off', 'global', 'clahe']

/** What is worked into the pixels: histogram equalisation, and the window of deep pictures. */
export function ToneSettings() {
  const { t } = useTranslation('workspace')
  const { tone, set } = useTone()
  return (
    <>
      <EqualizeSettings />
      <Checkbox
        label={t('window')}
        checked={tone.window !== null}
        onChange={(event) =>
          set({ window: event.currentTarget.checked ? { low: null, high: null } : null })
        }
      />
      {tone.window && <WindowSlider window={tone.window} set={(window) => set({ window })} />}
    </>
  )
}

function useTone() {
  const tone = useSettings((settings) => settings.tone)
  const set = (change: Partial<Tone>) => setSettings({ tone: { ...tone, ...change } })
  return { tone, set }
}

/** Histogram equalisation, over the picture or tile by tile. */
export function EqualizeSettings() {
  const { t } = useTranslation('workspace')
  const { tone, set } = useTone()
  return (
    <>
      <div className={classes.setting}>
        <span>{t('equalize')}</span>
        <Segmented
          label={t('equalize')}
          value={tone.equalize}
          onChange={(equalize) => set({ equalize })}
          data={equalizations.map((value) => ({
            value,
            label: t(`equalize-${value}`),
            title: t(`equalize-${value}-title`),
          }))}
        />
      </div>
      {tone.equalize === 'clahe' && (
        <div className={classes.setting}>
          <span>{t('claheClip')}</span>
          <Slider
            size={3}
            min={1}
            max={10}
            step={0.5}
            thumbLabel={t('claheClip')}
            value={tone.claheClip}
            onChange={(claheClip) => set({ claheClip })}
          />
        </div>
      )}
    </>
  )
}

interface WindowProps {
  readonly window: NonNullable<Tone['window']>
  readonly set: (window: Tone['window']) => void
}

const STEPS = 1000

function WindowSlider({ window, set }: WindowProps) {
  const { t } = useTranslation('workspace')
  const range = useDocument(({ picture }) =>
    picture?.kind === 'ready' ? (picture.range ?? null) : null,
  )
  if (!range) return <p className={classes.note}>{t('windowShallow')}</p>
  // The slider covers what occurs in the picture, and what was chosen beyond it.
  const min = Math.min(range.least, window.low ?? range.least)
  const max = Math.max(range.most, window.high ?? range.most)
  const value: [number, number] = [window.low ?? range.least, window.high ?? range.most]
  return (
    <div className={classes.setting}>
      <span>{t('windowRange')}</span>
      <RangeSlider
        size={3}
        min={min}
        max={max > min ? max : min + 1}
        step={(max - min) / STEPS || 1}
        minRange={0}
        thumbFromLabel={t('windowLow')}
        thumbToLabel={t('windowHigh')}
        label={(at) => formatNumber(Math.round(at * 100) / 100)}
        value={value}
        onChange={([low, high]) => set({ low, high })}
      />
    </div>
  )
}
