import { useSettings } from '#renderer/state/settings.ts'
import type { Settings } from '#renderer/state/settings-schema.ts'
import type { Bench } from '../bench/bench.ts'
import type { Way } from './clock.ts'
import { evenTimes } from './frame-times.ts'
import { Playback } from './playback.ts'

/** A page in the background gets no frames; when it is back, the film goes on where it was. */
const LONGEST_GAP_MS = 500

/** Frames that playing showed and dropped last, for benchmarks and the status bar. */
export interface PlayCounts {
  readonly shown: number
  readonly dropped: number
  readonly sinceMs: number
}
const counts = new WeakMap<Bench, () => PlayCounts>()

/** What the last run of this bench has shown; null before the first. */
export function playCounts(bench: Bench): PlayCounts | null {
  return counts.get(bench)?.() ?? null
}

/** Play from the frame on screen, one way or the other, until `isPlaying` is taken back or the end is reached. */
export function startPlaying(bench: Bench, way: Way): void {
  const wasPlaying = bench.ui.getState().isPlaying
  bench.ui.setState({ isPlaying: true, playWay: way, interrupted: null })
  if (!wasPlaying) run(bench)
}

/** One run: a tick with each frame of the display. What is changed on the way (speed, direction, loop) begins anew from there. */
function run(bench: Bench): void {
  const { ui, document } = bench
  let playback = playbackOf(bench)
  let lastTick = performance.now()
  const restart = () => {
    playback = playbackOf(bench)
  }
  const stops = [
    useSettings.subscribe((now, before) => {
      if (now.playerSpeed !== before.playerSpeed || now.playerFps !== before.playerFps) restart()
    }),
    ui.subscribe((now, before) => {
      if (now.playWay !== before.playWay || now.loop !== before.loop || now.times !== before.times)
        restart()
    }),
  ]
  const tick = () => {
    if (!ui.getState().isPlaying) {
      for (const stop of stops) stop()
      // At rest again: the exact picture, and its neighbours both ways.
      void document.goTo(document.state.getState().wanted)
      return
    }
    const now = performance.now()
    if (now - lastTick > LONGEST_GAP_MS) restart()
    lastTick = now
    playback.tick()
    requestAnimationFrame(tick)
  }
  requestAnimationFrame(tick)
}

function playbackOf(bench: Bench): Playback {
  const { document, ui } = bench
  const { pictures } = bench.session
  const { playWay, loop, times } = ui.getState()
  const settings = useSettings.getState()
  const begun = performance.now()
  // Forwards frames are decoded in the order they are seen; backwards a small copy, where there is one, is all that is in time.
  const pace = times === null ? 'exact' : playWay === 1 ? 'play' : 'quick'
  const isLive = (frame: number) =>
    useSettings.getState().showDeletedFrames || !document.state.getState().marks.isDeleted(frame)
  const playback = new Playback(
    {
      range: document.range,
      times: times ?? evenTimes(settings.playerFps),
      shown: () => document.state.getState().frame,
      isLive,
      isReady: (frame) => document.isReady(frame),
      show: (frame) => {
        document.playTo(frame)
        const { picture } = document.state.getState()
        if (picture?.kind === 'problem') ui.setState({ interrupted: playWay })
        return picture?.kind === 'ready'
      },
      prepare: (frames) => {
        pictures.prepare(document.state.getState().frame, frames, pace)
        document.prepareAnnotations(frames)
      },
      room: () => pictures.roomToPlay,
      latencyMs: () => pictures.latencyMs,
      nowMs: () => performance.now(),
      ended: () => ui.setState({ isPlaying: false }),
      stuck: (frame) => {
        ui.setState({ isPlaying: false, interrupted: playWay })
        void document.goTo(frame)
      },
    },
    // Pictures are looked at one by one; only a video has a time to keep.
    { way: playWay, loop, ...paceOf(settings, times !== null) },
  )
  counts.set(bench, () => ({ ...playback.counts, sinceMs: performance.now() - begun }))
  return playback
}

function paceOf({ playerSpeed }: Settings, isVideo: boolean) {
  if (playerSpeed === 'every') return { speed: 1, everyFrame: true }
  return { speed: Number(playerSpeed), everyFrame: !isVideo }
}
