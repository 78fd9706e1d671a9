import type { AppEvent } from '#shared/contract/events.ts'

export interface EventBus {
  publish(event: AppEvent): void
  /** Replays what is newer than `since` (bounded memory), then goes on. Returns how to stop. */
  subscribe(listener: (id: number, event: AppEvent) => void, since?: number): () => void
}
