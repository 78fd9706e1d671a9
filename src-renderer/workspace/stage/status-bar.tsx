import { Menu } from '@mantine/core'
import { IconChevronDown, IconMinus, IconPlus } from '@tabler/icons-react'
import { type RefObject, useEffect } from 'react'
import { useTranslation } from 'react-i18next'
import { keyCaps } from '#renderer/state/hotkeys.ts'
import { useBench, useDocument, useUi } from '../bench/context.ts'
import { drawLabel, isDrawTool, topLayer } from '../bench/drawing.ts'
import { ActionButton } from '../parts/action-button.tsx'
import { ActionItem } from '../parts/action-item.tsx'
import { useKeys } from '../parts/action-text.ts'
import { ReadingChip } from '../playback/reading-chip.tsx'
import { BorderSwitches } from './border-switches.tsx'
import { ImageSettings } from './image-settings.tsx'
import classes from './stage.module.css'

/** One quiet line under the picture: what to do now, where the pointer is, how large things are. */
export function StatusBar({ cursor }: { cursor: RefObject<HTMLSpanElement | null> }) {
  return (
    <footer className={classes.status}>
      <Guidance />
      <span className={classes.grow} />
      <ReadingChip />
      <span ref={cursor} className={classes.cursor} data-testid="cursor" />
      <FrameSize />
      <Layer />
      <BorderSwitches />
      <ImageSettings />
      <Zoom />
    </footer>
  )
}

/** Long enough to read a sentence. */
const HINT_MS = 4_000

/** What the tool in hand expects, or the hint of the canvas. */
function Guidance() {
  const { t } = useTranslation('workspace')
  const bench = useBench()
  const tool = useUi((state) => state.tool)
  const hint = useUi((state) => state.hint)
  const picked = useUi((state) => state.picking?.ids.length ?? 0)
  const { objectType } = useUi((state) => state.draw)
  useUi((state) => state.labels)
  const [again = 'N'] = useKeys('modes.draw-again')
  const label = drawLabel(bench)
  const guide = useGuide()
  useEffect(() => {
    if (hint === null) return
    const timer = setTimeout(() => bench.ui.setState({ hint: null }), HINT_MS)
    return () => clearTimeout(timer)
  }, [bench, hint])
  return (
    <span className={classes.guidance} role="status">
      {label && (tool === 'select' || isDrawTool(tool)) && (
        <span className={classes.drawLabel}>
          <i style={{ background: label.color }} />
          {label.name}
        </span>
      )}
      {objectType === 'track' && isDrawTool(tool) && <span>{t('drawTrack')}</span>}
      {hint ? <HintText hint={hint} /> : t(guide, { key: keyCaps(again).join('+'), count: picked })}
    </span>
  )
}

/** What to do now: with the tool in hand, else with the shape under the pointer, else to begin. */
function useGuide() {
  const tool = useUi((state) => state.tool)
  const { rectangleMethod, cuboidMethod } = useUi((state) => state.draw)
  const hovered = useUi((state) => state.hovered)
  const over = useDocument(({ annotations }) => {
    const annotation = hovered === null ? undefined : annotations.get(hovered)
    return annotation && annotation.kind !== 'tag' ? annotation.type : null
  })
  const isLocked = useDocument(({ views }) => hovered !== null && views.get(hovered)?.locked)
  const mode = useUi((state) => state.mode)
  const prompts = useUi((state) => state.interaction?.info.prompts)
  if (tool === 'interact' && prompts && prompts.box !== 'none')
    return `guide-interact-box-${prompts.box}` as const
  if (tool === 'select' && (mode === 'attributes' || mode === 'tags'))
    return `guide-mode-${mode}` as const
  if (tool === 'select' && over && isLocked) return 'guide-over-locked' as const
  if (tool === 'select' && over) return `guide-over-${over}` as const
  if (tool === 'cuboid' && cuboidMethod === 'points') return 'guide-cuboid-points' as const
  if (tool === 'rectangle' && rectangleMethod !== 'corners')
    return `guide-rectangle-${rectangleMethod}` as const
  return `guide-${tool}` as const
}

/** Hints come as keys of the canvas' own texts; the workspace's few live beside its others. */
function HintText({ hint }: { hint: string }) {
  const { t, i18n } = useTranslation('workspace')
  const keys = [`workspace:${hint}`, `filter:${hint}`, `predictions:${hint}`, `canvas:${hint}`]
  const key = keys.find((one) => i18n.exists(one))
  return key ? (t as (key: string) => string)(key) : null
}

function FrameSize() {
  const size = useDocument(({ picture }) =>
    picture?.kind === 'ready' ? `${picture.width} × ${picture.height}` : '',
  )
  return <span>{size}</span>
}

/** The layer of what is selected, else the nearest one, where new shapes go. */
function Layer() {
  const { t } = useTranslation('workspace')
  const bench = useBench()
  const layer = useDocument(({ active, annotations }) => {
    const [id] = active
    const annotation = id === undefined ? undefined : annotations.get(id)
    return annotation?.kind === 'shape' ? annotation.zOrder : null
  })
  useDocument((state) => state.annotations)
  return <span>{t('layer', { layer: layer ?? topLayer(bench) })}</span>
}

function Zoom() {
  const { t } = useTranslation('workspace')
  const scale = useUi((state) => state.scale)
  const percent = t('percent', { value: Math.round(scale * 100) })
  return (
    <span className={classes.zoom}>
      <ActionButton action="image.zoom-out" icon={IconMinus} size={22} side="top" />
      <Menu position="top-end" width={180}>
        <Menu.Target>
          <button
            type="button"
            className={classes.statusButton}
            aria-label={`${t('zoom')}: ${percent}`}
          >
            {percent}
            <IconChevronDown size={12} />
          </button>
        </Menu.Target>
        <Menu.Dropdown>
          {['image.fit', 'image.zoom-full', 'modes.zoom-area', 'objects.focus'].map((id) => (
            <ActionItem key={id} id={id} />
          ))}
        </Menu.Dropdown>
      </Menu>
      <ActionButton action="image.zoom-in" icon={IconPlus} size={22} side="top" />
    </span>
  )
}
