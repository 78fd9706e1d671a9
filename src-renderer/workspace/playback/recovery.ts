import type { Bench } from '../bench/bench.ts'
import { startPlaying } from './driver.ts'

/** The file may come back by itself: a stick is put in again, a network drive answers. */
const mayComeBack = new Set(['FRAME_MISSING', 'MEDIA_STALLED', 'VIDEO_UNREADABLE'])
const AGAIN_MS = 2000

/**
 * While a frame of a video cannot be had, ask again now and then; and where playing was interrupted by it, go on playing
 * when it is there. Returns how to stop.
 */
export function followRecovery(bench: Bench): () => void {
  if (bench.ui.getState().task.video === null) return () => undefined
  const { document, ui, session } = bench
  let timer: ReturnType<typeof setTimeout> | undefined
  const again = () => {
    session.pictures.forgetProblems()
    void document.goTo(document.state.getState().frame)
  }
  const look = () => {
    clearTimeout(timer)
    const { picture } = document.state.getState()
    if (picture?.kind === 'problem' && mayComeBack.has(picture.problem.code))
      timer = setTimeout(again, AGAIN_MS)
    const { interrupted, isPlaying } = ui.getState()
    if (picture?.kind === 'ready' && interrupted !== null && !isPlaying)
      startPlaying(bench, interrupted)
  }
  const unsubscribe = document.state.subscribe((now, before) => {
    if (now.picture !== before.picture) look()
  })
  return () => {
    clearTimeout(timer)
    unsubscribe()
  }
}
