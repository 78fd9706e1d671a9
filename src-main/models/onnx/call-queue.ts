import { AppError } from '#shared/errors/app-error.ts'
import type { RgbPicture } from '../../core/ports.ts'
import type { LaneAnswer, LaneCall } from './lane.ts'
import type { InferenceVerb, InferenceVerbs } from './protocol.ts'

/** A call that waits for its turn. */
export interface Waiting {
  readonly call: LaneCall
  readonly order: number
  /** `null` where the call needs none. */
  pixels: 'unread' | 'reading' | RgbPicture | null
  resolve(answer: LaneAnswer): void
  reject(error: unknown): void
}

/**
 * Calls that wait. One that is cancelled is gone at once; pictures are read for the next few only, so that a thousand calls do not
 * hold a thousand pictures.
 */
export interface CallQueue {
  readonly length: number
  add<V extends InferenceVerb>(call: LaneCall<V>): Promise<LaneAnswer<InferenceVerbs[V]['answer']>>
  /** Those whose picture is there, in the order of their turns: clicks, then whoever was served longest ago, then who came first. */
  ready(): readonly Waiting[]
  /** It has come to its turn. */
  take(one: Waiting): void
  all(): readonly Waiting[]
}

/**
 * @param ahead  pictures that are read, or being read, at a time
 * @param onChange  there may be something to do: a call came, or its picture is there
 */
export function createCallQueue(ahead: number, onChange: () => void): CallQueue {
  const waiting: Waiting[] = []
  /** By model, when it was its turn last. */
  const served = new Map<string, number>()
  let clock = 0

  function remove(one: Waiting): void {
    const at = waiting.indexOf(one)
    if (at >= 0) waiting.splice(at, 1)
  }

  /** Functions take turns: who asks for a thousand pictures does not keep others from their first. */
  function inTurn(): Waiting[] {
    const rank = ({ call }: Waiting) => (call.verb === 'interact' ? 0 : 1)
    const turn = ({ call }: Waiting) => served.get(call.pack.id) ?? 0
    return [...waiting].sort((a, b) => rank(a) - rank(b) || turn(a) - turn(b) || a.order - b.order)
  }

  function read(one: Waiting): void {
    if (one.pixels !== 'unread') return
    if (!one.call.picture) {
      one.pixels = null
      return
    }
    one.pixels = 'reading'
    one.call.picture().then(
      (pixels) => {
        one.pixels = pixels
        onChange()
      },
      (error) => one.reject(error),
    )
  }

  return {
    get length() {
      return waiting.length
    },
    add<V extends InferenceVerb>(call: LaneCall<V>) {
      return new Promise<LaneAnswer<InferenceVerbs[V]['answer']>>((resolve, reject) => {
        const { signal, pack } = call
        const settled = () => {
          remove(one)
          signal?.removeEventListener('abort', cancel)
        }
        const one: Waiting = {
          ...{ call, order: ++clock, pixels: 'unread' },
          resolve(answer) {
            settled()
            resolve(answer as LaneAnswer<InferenceVerbs[V]['answer']>)
          },
          reject(error) {
            settled()
            reject(error)
          },
        }
        // A run cannot be stopped: its thread goes on to the end of it, and nobody waits.
        const cancel = () => one.reject(new AppError('CANCELLED', { what: pack.id }))
        if (signal?.aborted) return cancel()
        signal?.addEventListener('abort', cancel)
        waiting.push(one)
        onChange()
      })
    },
    ready() {
      const next = inTurn()
      for (const one of next.slice(0, ahead)) read(one)
      return next.filter(({ pixels }) => pixels !== 'unread' && pixels !== 'reading')
    },
    take(one) {
      remove(one)
      served.delete(one.call.pack.id)
      served.set(one.call.pack.id, ++clock)
    },
    all: () => [...waiting],
  }
}
