/** A value with the values it had: undo and redo inside a dialog. */
export interface History<T> {
  readonly past: readonly T[]
  readonly now: T
  readonly future: readonly T[]
  /** What the last change was about; another of the same kind at once is the same step, as letters of one name are. */
  readonly about: string | null
}

export function startHistory<T>(now: T): History<T> {
  return { past: [], now, future: [], about: null }
}

/** @param about  null: always a step of its own */
export function record<T>(history: History<T>, now: T, about: string | null = null): History<T> {
  if (now === history.now) return history
  const isSame = about !== null && about === history.about
  const past = isSame ? history.past : [...history.past, history.now]
  return { past, now, future: [], about }
}

export function undo<T>({ past, now, future }: History<T>): History<T> | null {
  const before = past.at(-1)
  if (before === undefined) return null
  return { past: past.slice(0, -1), now: before, future: [now, ...future], about: null }
}

export function redo<T>({ past, now, future }: History<T>): History<T> | null {
  const [after, ...rest] = future
  if (after === undefined) return null
  return { past: [...past, now], now: after, future: rest, about: null }
}
