import { client } from '#renderer/state/client.ts'
import { useSettings } from '#renderer/state/settings.ts'
import type { Bench } from './bench.ts'

/** Where the person is headed: while a picture loads, further presses count from there. */
function wanted(bench: Bench): number {
  return bench.document.state.getState().wanted
}

export function step(bench: Bench, by: number): void {
  stopPlaying(bench)
  void bench.document.goTo(wanted(bench) + by)
}

export function goTo(bench: Bench, frame: number): void {
  stopPlaying(bench)
  void bench.document.goTo(frame)
}

/** Left and Right: the nearest frame with annotations; where there is none, the screen stays. */
export async function searchAnnotated(
  bench: Bench,
  direction: 'forward' | 'backward',
): Promise<void> {
  stopPlaying(bench)
  const { taskId, document } = bench
  const from = wanted(bench)
  const { frame } = await client.frames.searchAnnotated({ taskId, from, direction })
  const { start, stop } = document.range
  if (frame !== null && frame >= start && frame <= stop) await document.goTo(frame)
  else bench.ui.setState({ hint: 'noAnnotatedFrame' })
}

export function togglePlaying(bench: Bench): void {
  if (bench.ui.getState().isPlaying) stopPlaying(bench)
  else void play(bench)
}

export function stopPlaying(bench: Bench): void {
  if (bench.ui.getState().isPlaying) bench.ui.setState({ isPlaying: false })
}

/** Frame after frame at the set rate, or as fast as pictures arrive where that is slower. */
async function play(bench: Bench): Promise<void> {
  bench.ui.setState({ isPlaying: true })
  while (bench.ui.getState().isPlaying) {
    const begun = performance.now()
    const { frame } = bench.document.state.getState()
    if (frame >= bench.document.range.stop) break
    await bench.document.goTo(frame + 1)
    const restMs = 1000 / useSettings.getState().playerFps - (performance.now() - begun)
    await new Promise((resolve) => setTimeout(resolve, Math.max(0, restMs)))
  }
  stopPlaying(bench)
}
