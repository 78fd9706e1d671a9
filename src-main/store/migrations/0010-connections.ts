import type { Migration } from './migration.ts'

/**
 * Places that functions are called at, and what was sent over the network. `body` is a connection as JSON, without its
 * password; `seen` what it listed last, so that its functions keep their names while it cannot be reached.
 */
export const connections: Migration = {
  version: 10,
  name: 'connections',
  sql: `
CREATE TABLE connection (
  id TEXT PRIMARY KEY,
  body TEXT NOT NULL,
  seen TEXT
) STRICT;

CREATE TABLE network_entry (
  id INTEGER PRIMARY KEY,
  at TEXT NOT NULL,
  connection_id TEXT NOT NULL,
  method TEXT NOT NULL,
  url TEXT NOT NULL,
  what TEXT NOT NULL,
  sent_bytes INTEGER NOT NULL,
  received_bytes INTEGER NOT NULL,
  status INTEGER,
  took_ms REAL NOT NULL,
  problem TEXT NOT NULL
) STRICT;
`,
}
