import { AppError } from '#shared/errors/app-error.ts'

export type Answer<T, R> = { readonly item: T } & (
  | { readonly ok: true; readonly result: R }
  | { readonly ok: false; readonly error: unknown }
)

/**
 * Questions of which several are open at any time, answered in their order: while one frame is looked at, the next is being
 * decoded. A question that fails is an answer, too. Cancelling ends the waiting at once, whatever still hangs.
 * @throws CANCELLED
 */
export async function* inFlight<T, R>(
  items: Iterable<T>,
  ask: (item: T) => Promise<R>,
  { most, signal }: { most: number; signal: AbortSignal },
): AsyncGenerator<Answer<T, R>> {
  const left = items[Symbol.iterator]()
  const open: Promise<Answer<T, R>>[] = []
  const cancelled = rejection(signal)
  const fill = () => {
    while (open.length < most) {
      const next = left.next()
      if (next.done) return
      open.push(settled(next.value, ask))
    }
  }
  try {
    for (fill(); ; fill()) {
      const first = open.shift()
      if (!first) return
      yield await Promise.race([first, cancelled.promise])
    }
  } finally {
    cancelled.forget()
  }
}

function settled<T, R>(item: T, ask: (item: T) => Promise<R>): Promise<Answer<T, R>> {
  return ask(item).then(
    (result) => ({ item, ok: true, result }),
    (error: unknown) => ({ item, ok: false, error }),
  )
}

function rejection(signal: AbortSignal): { promise: Promise<never>; forget(): void } {
  let stop = () => {}
  const promise = new Promise<never>((_, reject) => {
    stop = () => reject(new AppError('CANCELLED', { what: 'The request' }))
    if (signal.aborted) stop()
    signal.addEventListener('abort', stop)
  })
  // Nobody may be waiting when it happens.
  promise.catch(() => undefined)
  return { promise, forget: () => signal.removeEventListener('abort', stop) }
}
