import { useEffect, useRef } from 'react'
import { createCanvas2d } from '#renderer/canvas/2d/index.ts'
import { DetectingChip } from '../ai/detecting-chip.tsx'
import { InteractionBar } from '../ai/interaction-bar.tsx'
import { linkCanvas } from '../bench/canvas-link.ts'
import { useBench } from '../bench/context.ts'
import { FilterChip } from '../filter/filter-chip.tsx'
import { IsolateChip } from '../filter/isolate-chip.tsx'
import { DeletedVeil } from '../frames/deleted-veil.tsx'
import { ConvertPanel } from '../masks/convert-panel.tsx'
import { MaskToolbar } from '../masks/mask-toolbar.tsx'
import { FrameTags } from '../modes/tags/frame-tags.tsx'
import { ScissorsBar } from '../opencv/scissors-bar.tsx'
import { FollowingChip } from '../trackers/following-chip.tsx'
import { TrackingChip } from '../trackers/tracking-chip.tsx'
import { FirstLabel } from './first-label.tsx'
import { FrameProblem } from './frame-problem.tsx'
import { LoadingMark } from './loading-mark.tsx'
import { ShapeMenu } from './shape-menu.tsx'
import classes from './stage.module.css'
import { StatusBar } from './status-bar.tsx'

/** The canvas and what floats over it. The canvas lives outside React: this mounts it once and links it to the bench. */
export function Stage() {
  const bench = useBench()
  const host = useRef<HTMLDivElement>(null)
  const cursor = useRef<HTMLSpanElement>(null)
  useEffect(() => {
    if (!host.current) return
    const canvas = createCanvas2d(host.current)
    const unlink = linkCanvas(bench, canvas, (at) => {
      // Pointer moves come at the display's rate: written straight to the text, never through React.
      const text = at ? `${Math.floor(at.x)}, ${Math.floor(at.y)}` : ''
      // Told with every frame of a video, too, over the same place of each.
      if (cursor.current && cursor.current.textContent !== text) cursor.current.textContent = text
    })
    // Says which frame is really on screen; the number field runs ahead of it while a picture loads.
    const tellFrame = ({ frame }: { frame: number }) => {
      const text = String(frame)
      if (host.current && host.current.dataset.frame !== text) host.current.dataset.frame = text
    }
    tellFrame(bench.document.state.getState())
    const untell = bench.document.state.subscribe(tellFrame)
    return () => {
      untell()
      unlink()
      canvas.destroy()
    }
  }, [bench])
  return (
    <div className={classes.stage}>
      <div className={classes.field}>
        <div ref={host} className={classes.host} data-testid="canvas" />
        <FrameProblem />
        <DeletedVeil />
        <LoadingMark />
        <div className={classes.notes}>
          <FilterChip />
          <IsolateChip />
          <FrameTags />
          <FollowingChip />
          <TrackingChip />
          <DetectingChip />
        </div>
        <FirstLabel />
        <MaskToolbar />
        <InteractionBar />
        <ScissorsBar />
        <ConvertPanel />
      </div>
      <StatusBar cursor={cursor} />
      <ShapeMenu />
    </div>
  )
}
