import { type AppEvent, eventSchema } from '#shared/contract/events.ts'
import { openSharedStream } from './shared-stream.ts'

export type EventOf<T extends AppEvent['type']> = Extract<AppEvent, { type: T }>
type Listener = (event: AppEvent) => void

/** The part of EventSource we use, so that tests can pass a fake. */
export interface EventChannel {
  onopen: (() => void) | null
  onmessage: ((message: { data: string; lastEventId: string }) => void) | null
  onerror: (() => void) | null
  readonly readyState: number
  close(): void
}

const CLOSED = 2
const FIRST_DELAY_MS = 250
const LAST_DELAY_MS = 5_000

/**
 * The one event stream of the page. EventSource reconnects by itself while the server answers; when it gives up
 * (readyState CLOSED) a new one is opened with growing delays, and `reconnected` listeners refetch what they missed.
 */
export class EventHub {
  readonly #open: () => EventChannel
  readonly #listeners = new Set<Listener>()
  readonly #onReconnect = new Set<() => void>()
  readonly #onConnection = new Set<(connected: boolean) => void>()
  #channel: EventChannel | null = null
  #delayMs = FIRST_DELAY_MS
  #timer: ReturnType<typeof setTimeout> | null = null
  #wasLost = false
  #connected = true

  constructor(open: () => EventChannel) {
    this.#open = open
  }

  get connected(): boolean {
    return this.#connected
  }

  /** Opens the stream; calling it again does nothing. */
  start(): void {
    if (this.#channel || this.#timer) return
    const channel = this.#open()
    this.#channel = channel
    channel.onopen = () => this.#opened()
    channel.onmessage = (message) => this.#deliver(message.data)
    channel.onerror = () => this.#failed(channel)
  }

  /** A page kept for the Back button must not hold the stream; coming back, it reads anew what it missed. */
  pauseWhileHidden(page: Pick<Window, 'addEventListener'>): void {
    page.addEventListener('pagehide', () => this.stop())
    page.addEventListener('pageshow', (event) => {
      if (!(event as PageTransitionEvent).persisted) return
      this.#wasLost = true
      this.start()
    })
  }

  stop(): void {
    if (this.#timer) clearTimeout(this.#timer)
    this.#timer = null
    this.#channel?.close()
    this.#channel = null
  }

  /** Every event of one type. Returns how to stop. */
  on<T extends AppEvent['type']>(type: T, listener: (event: EventOf<T>) => void): () => void {
    const wrapped: Listener = (event) => {
      if (event.type === type) listener(event as EventOf<T>)
    }
    this.#listeners.add(wrapped)
    return () => this.#listeners.delete(wrapped)
  }

  /** Runs when the stream is back after a loss: events may have been missed. */
  onReconnected(listener: () => void): () => void {
    this.#onReconnect.add(listener)
    return () => this.#onReconnect.delete(listener)
  }

  onConnection(listener: (connected: boolean) => void): () => void {
    this.#onConnection.add(listener)
    return () => this.#onConnection.delete(listener)
  }

  #opened(): void {
    this.#delayMs = FIRST_DELAY_MS
    this.#setConnected(true)
    if (!this.#wasLost) return
    this.#wasLost = false
    for (const listener of this.#onReconnect) listener()
  }

  #failed(channel: EventChannel): void {
    this.#wasLost = true
    this.#setConnected(false)
    if (channel.readyState !== CLOSED || channel !== this.#channel) return
    channel.close()
    this.#channel = null
    this.#timer = setTimeout(() => {
      this.#timer = null
      this.start()
    }, this.#delayMs)
    this.#delayMs = Math.min(this.#delayMs * 2, LAST_DELAY_MS)
  }

  #deliver(data: string): void {
    const event = parseEvent(data)
    if (event) for (const listener of this.#listeners) listener(event)
  }

  #setConnected(connected: boolean): void {
    if (this.#connected === connected) return
    this.#connected = connected
    for (const listener of this.#onConnection) listener(connected)
  }
}

/** One SSE `data:` line as an event; null for what this version does not know (a newer core may say more). */
export function parseEvent(data: string): AppEvent | null {
  try {
    const parsed = eventSchema.safeParse(JSON.parse(data))
    return parsed.success ? parsed.data : null
  } catch {
    // Not JSON: a keep-alive or a proxy's page. Nothing to deliver.
    return null
  }
}

/** The page's stream. Call `events.start()` once at boot. */
export const events = new EventHub(openSharedStream)
