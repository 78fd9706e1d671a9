import type { AppEvent } from '#shared/contract/events.ts'
import type { EventBus } from './ports.ts'

/** How many events a client that reconnects can catch up on; one that was away longer reloads. */
const REMEMBERED = 1000

/** One stream of numbered events for every window and every attached process. */
export function createEventBus(): EventBus {
  const remembered: { id: number; event: AppEvent }[] = []
  const listeners = new Set<(id: number, event: AppEvent) => void>()
  let lastId = 0
  return {
    publish(event) {
      lastId += 1
      remembered.push({ id: lastId, event })
      if (remembered.length > REMEMBERED) remembered.shift()
      for (const listener of listeners) listener(lastId, event)
    },
    subscribe(listener, since) {
      if (since !== undefined) {
        for (const { id, event } of remembered) if (id > since) listener(id, event)
      }
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
  }
}
