import { NetworkFault } from './network-fault.ts'

/** As many calls of a function at a time as it has workers; people before the queue. */
export interface Workers {
  /** Resolves when one is free; call what it gives when done. @throws NetworkFault `cancelled` */
  take(lane: 'now' | 'batch', signal?: AbortSignal): Promise<() => void>
}

interface Waiting {
  readonly lane: 'now' | 'batch'
  readonly start: () => void
}

export function createWorkers(count: number): Workers {
  const waiting: Waiting[] = []
  let busy = 0

  function next(): void {
    if (busy >= count) return
    const first = waiting.find(({ lane }) => lane === 'now') ?? waiting[0]
    if (!first) return
    waiting.splice(waiting.indexOf(first), 1)
    busy += 1
    first.start()
  }

  function release(): () => void {
    let held = true
    return () => {
      if (held) busy -= 1
      held = false
      next()
    }
  }

  return {
    take: (lane, signal) =>
      new Promise((resolve, reject) => {
        const stop = () => reject(new NetworkFault('cancelled', 'it was cancelled'))
        if (signal?.aborted) return stop()
        const onAbort = () => {
          waiting.splice(waiting.indexOf(one), 1)
          stop()
        }
        const one: Waiting = {
          lane,
          start() {
            signal?.removeEventListener('abort', onAbort)
            resolve(release())
          },
        }
        signal?.addEventListener('abort', onAbort, { once: true })
        waiting.push(one)
        next()
      }),
  }
}
