import type { NetworkEntry } from '#shared/contract/connections.ts'

/** What went over the network, for people who want to know: the newest 1,000 entries. Sizes and addresses, never content. */
export interface NetworkLog {
  /** A password in `url` is left out, and so is what follows its `?`. Never throws: a log that fails stops nothing. */
  add(entry: NetworkEntry): void
  /** Newest first. */
  newest(limit: number): NetworkEntry[]
}
