/** Tells a decoder that works from one that hangs, by the beats its thread leaves in shared memory. */
import { BEATS, type DecoderFlags } from './protocol.ts'

export function createBeatWatch(
  { own }: DecoderFlags,
  now: () => number = () => performance.now(),
) {
  let seen = Atomics.load(own, BEATS)
  let at = now()
  return {
    /** A message is a sign of life too. */
    touch(): void {
      at = now()
    },
    /** Milliseconds since the last sign of life. */
    silentMs(): number {
      const beats = Atomics.load(own, BEATS)
      if (beats !== seen) {
        seen = beats
        at = now()
      }
      return now() - at
    },
  }
}
