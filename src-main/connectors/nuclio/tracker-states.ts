import { randomUUID } from 'node:crypto'
import type { TrackedShape } from '#main/core/ports.ts'
import type { FunctionId } from '#shared/domain/function.ts'

/** An object as its function last saw it. */
export interface Followed {
  readonly functionId: FunctionId
  readonly shape: TrackedShape
  /** JSON text, as it came. It goes back to that very function and nowhere else, and never to disk. */
  readonly state: string
}

/** States of trackers behind tokens: in memory only, and only so much of it. */
export interface TrackerStates {
  keep(followed: Followed): string
  /** Undefined: forgotten, or another function's. */
  find(token: string, functionId: FunctionId): Followed | undefined
  /** What it is from now on; a token that was forgotten stays so. */
  replace(token: string, followed: Followed): void
  forget(token: string): void
}

/** States of some functions are tens of megabytes. Strings of digits take a byte a character. */
const MOST_BYTES = 512 * 2 ** 20

export function createTrackerStates(mostBytes = MOST_BYTES): TrackerStates {
  const kept = new Map<string, Followed>()
  let bytes = 0

  function forget(token: string): void {
    bytes -= kept.get(token)?.state.length ?? 0
    kept.delete(token)
  }

  function put(token: string, followed: Followed): void {
    forget(token)
    kept.set(token, followed)
    bytes += followed.state.length
    for (const oldest of kept.keys()) {
      if (bytes <= mostBytes || oldest === token) break
      forget(oldest)
    }
  }

  return {
    forget,
    keep(followed) {
      const token = randomUUID()
      put(token, followed)
      return token
    },
    find(token, functionId) {
      const found = kept.get(token)
      return found?.functionId === functionId ? found : undefined
    },
    replace(token, followed) {
      if (kept.has(token)) put(token, followed)
    },
  }
}
