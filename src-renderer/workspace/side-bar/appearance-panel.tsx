import { Checkbox, SegmentedControl, Slider } from '@mantine/core'
import { IconChevronDown, IconChevronRight } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Appearance } from '#renderer/canvas/canvas-api.ts'
import type { ColorBy } from '#renderer/state/coloring.ts'
import { type Settings, setSettings, useSettings } from '#renderer/state/settings.ts'
import { releaseFocus } from '../parts/release-focus.ts'
import classes from './side-bar.module.css'

const colorings: readonly ColorBy[] = ['label', 'instance', 'group']
const texts: readonly Appearance['showText'][] = ['always', 'selected', 'never']

/** How shapes look. Settings of the person, not of the data. */
export function AppearancePanel() {
  const { t } = useTranslation('workspace')
  const [isOpen, setOpen] = useState(true)
  const Glyph = isOpen ? IconChevronDown : IconChevronRight
  return (
    // A click with the mouse must not take the arrow keys from the picture; who tabs here keeps the focus.
    <section className={classes.appearance} onPointerUp={() => setTimeout(releaseFocus)}>
      <button
        type="button"
        className={classes.sectionHead}
        aria-expanded={isOpen}
        onClick={() => setOpen(!isOpen)}
      >
        <Glyph size={14} stroke={1.75} />
        {t('appearance')}
      </button>
      {isOpen && <AppearanceFields />}
    </section>
  )
}

function AppearanceFields() {
  const { t } = useTranslation('workspace')
  const colorBy = useSettings((settings) => settings.colorBy)
  const appearance = useSettings((settings) => settings.appearance)
  const set = (change: Partial<Settings['appearance']>) =>
    setSettings({ appearance: { ...useSettings.getState().appearance, ...change } })
  return (
    <div className={classes.fields}>
      <Row label={t('colorBy')}>
        <SegmentedControl
          fullWidth
          aria-label={t('colorBy')}
          data={colorings.map((value) => ({ value, label: t(`color-${value}`) }))}
          value={colorBy}
          onChange={(value) => setSettings({ colorBy: value as ColorBy })}
        />
      </Row>
      <Row label={t('opacity')}>
        <Share
          label={t('opacity')}
          value={appearance.opacity}
          onChange={(opacity) => set({ opacity })}
        />
      </Row>
      <Row label={t('selectedOpacity')}>
        <Share
          label={t('selectedOpacity')}
          value={appearance.selectedOpacity}
          onChange={(selectedOpacity) => set({ selectedOpacity })}
        />
      </Row>
      <Row label={t('showText')}>
        <SegmentedControl
          fullWidth
          aria-label={t('showText')}
          data={texts.map((value) => ({ value, label: t(`text-${value}`) }))}
          value={appearance.showText}
          onChange={(value) => set({ showText: value as Appearance['showText'] })}
        />
      </Row>
      <div className={classes.checks}>
        <Checkbox
          label={t('outlined')}
          checked={appearance.outlined}
          onChange={(event) => set({ outlined: event.currentTarget.checked })}
        />
        <input
          type="color"
          className={classes.color}
          aria-label={t('outlineColor')}
          value={appearance.outlineColor}
          onChange={(event) => set({ outlineColor: event.currentTarget.value, outlined: true })}
        />
        <span className={classes.grow} />
        <Checkbox
          label={t('projections')}
          title={t('projectionsHint')}
          checked={appearance.projections}
          onChange={(event) => set({ projections: event.currentTarget.checked })}
        />
      </div>
      <div className={classes.checks}>
        <Checkbox
          label={t('smoothImage')}
          checked={appearance.smoothImage}
          onChange={(event) => set({ smoothImage: event.currentTarget.checked })}
        />
      </div>
    </div>
  )
}

function Row({ label, children }: { label: string; children: React.ReactNode }) {
  return (
    <div className={classes.field}>
      <span>{label}</span>
      {children}
    </div>
  )
}

function Share(props: { label: string; value: number; onChange: (value: number) => void }) {
  return (
    <Slider
      size={3}
      min={0}
      max={1}
      step={0.01}
      label={null}
      thumbLabel={props.label}
      value={props.value}
      onChange={props.onChange}
    />
  )
}
