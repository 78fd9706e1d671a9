import type { Connection, ConnectionTest } from '#shared/contract/connections.ts'

/** Connections as they are kept: never with a password. In order of their ids. */
export interface ConnectionRepository {
  list(): Connection[]
  save(connection: Connection): void
  remove(id: string): void
  /** What it listed last, as whoever lists it wrote it down; null: never. */
  seen(id: string): string | null
  /** Of a connection that is gone meanwhile nothing is kept. */
  setSeen(id: string, seen: string): void
}

/** Connections as people make, try and forget them. */
export interface Connections {
  list(): Connection[]
  /** What a new one is made of where nobody says otherwise (CVAT's environment variables, else CVAT's defaults). */
  defaults(): Connection
  /**
   * A password in `url` goes to a file readable by its owner alone, and is kept when the same address and name are saved
   * again without one. @returns it as kept
   */
  save(connection: Connection): Promise<Connection>
  /** @throws NOT_FOUND */
  remove(id: string): Promise<void>
  /** @throws CONNECTION_*, CANCELLED */
  test(connection: Connection, signal?: AbortSignal): Promise<ConnectionTest>
}
