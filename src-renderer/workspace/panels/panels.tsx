import type { Ref } from 'react'
import {
  Group,
  Panel,
  type PanelImperativeHandle,
  Separator,
  useDefaultLayout,
} from 'react-resizable-panels'
import { useSettings } from '#renderer/state/settings.ts'
import { useUi } from '../bench/context.ts'
import { ContextImages } from '../context-images/context-images.tsx'
import { FloatingContextImages } from '../context-images/floating.tsx'
import { useHasContextImages } from '../context-images/related.ts'
import { FrameStrip } from '../frames/frame-strip.tsx'
import { Gallery } from '../frames/gallery.tsx'
import { SideBar } from '../side-bar/side-bar.tsx'
import { Stage } from '../stage/stage.tsx'
import { TimelineDock } from '../timeline/timeline-dock.tsx'
import classes from './panels.module.css'

/** What can be resized: the picture with the strip under it, and the side bar with the context images above it. */
export function Panels({ sideBar }: { sideBar: Ref<PanelImperativeHandle> }) {
  const side = useSettings((settings) => settings.panels.sideBar)
  const stage = (
    <Panel key="stage" id="stage" minSize="320px">
      <StageColumn />
    </Panel>
  )
  const bar = (
    <Panel
      key="side-bar"
      id="side-bar"
      panelRef={sideBar}
      defaultSize="304px"
      minSize="272px"
      maxSize="560px"
      collapsible
      groupResizeBehavior="preserve-pixel-size"
    >
      <SideColumn />
    </Panel>
  )
  const layout = useRemembered('fieldmark.workspace', ['stage', 'side-bar'])
  return (
    // The group takes its order from where it was first laid out, so another side is another group.
    <Group key={side} className={classes.panels} orientation="horizontal" {...layout}>
      {side === 'left' ? bar : stage}
      <Separator className={classes.upright} />
      {side === 'left' ? stage : bar}
    </Group>
  )
}

function StageColumn() {
  const hasStrip = useSettings((settings) => settings.panels.strip)
  const hasTimeline = useTimelineShown()
  const panels = ['picture', hasStrip && 'strip', hasTimeline && 'timeline'].filter(
    (id) => id !== false,
  )
  const layout = useRemembered('fieldmark.stage', panels)
  return (
    <div className={classes.stage}>
      <Group className={classes.panels} orientation="vertical" {...layout}>
        <Panel id="picture" minSize="160px">
          <Stage />
        </Panel>
        {hasStrip && <Separator className={classes.flat} />}
        {hasStrip && (
          <Panel
            id="strip"
            defaultSize="118px"
            minSize="78px"
            maxSize="280px"
            groupResizeBehavior="preserve-pixel-size"
          >
            <FrameStrip />
          </Panel>
        )}
        {hasTimeline && <Separator className={classes.flat} />}
        {hasTimeline && (
          <Panel
            id="timeline"
            defaultSize="276px"
            minSize="120px"
            maxSize="75%"
            groupResizeBehavior="preserve-pixel-size"
          >
            <TimelineDock />
          </Panel>
        )}
      </Group>
      <FloatingContextImages />
      <Gallery />
    </div>
  )
}

function useTimelineShown(): boolean {
  const isVideo = useUi((state) => state.task.mode === 'interpolation')
  const { video, images } = useSettings((settings) => settings.timeline)
  return isVideo ? video : images
}

function SideColumn() {
  const isDocked = useSettings((settings) => settings.panels.contextImages === 'docked')
  const hasAny = useHasContextImages()
  const isShown = isDocked && hasAny
  const layout = useRemembered('fieldmark.side', isShown ? ['context', 'bar'] : ['bar'])
  return (
    <Group className={classes.panels} orientation="vertical" {...layout}>
      {isShown && (
        <Panel
          id="context"
          defaultSize="220px"
          minSize="120px"
          groupResizeBehavior="preserve-pixel-size"
        >
          <ContextImages place="docked" />
        </Panel>
      )}
      {isShown && <Separator className={classes.flat} />}
      <Panel id="bar" minSize="200px">
        <SideBar />
      </Panel>
    </Group>
  )
}

/** Sizes as the person left them, on this machine, for each set of panels that can be shown together. */
function useRemembered(id: string, panelIds: string[]) {
  const layout = useDefaultLayout({ id, panelIds, storage: localStorage })
  return {
    ...(layout.defaultLayout ? { defaultLayout: layout.defaultLayout } : {}),
    onLayoutChanged: layout.onLayoutChanged,
  }
}
