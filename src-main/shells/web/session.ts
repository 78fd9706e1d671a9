import { randomBytes } from 'node:crypto'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

/**
 * What the cookie of a browser that showed a valid token holds: 256 random bits, kept in the data directory, readable by
 * its owner alone. Unlike the token it outlives a restart, so that a page left open goes on (and sends what it could not)
 * when Fieldmark is back. The cookie itself ends with the browser.
 */
export function sessionSecret(dataDir: string): string {
  const file = join(dataDir, 'web-session')
  const known = read(file)
  if (known) return known
  const fresh = randomBytes(32).toString('base64url')
  try {
    writeFileSync(file, fresh, { mode: 0o600 })
  } catch {
    // Nowhere to keep it: then it lasts as long as this process, as the token does.
  }
  return fresh
}

function read(file: string): string | null {
  try {
    const text = readFileSync(file, 'utf8')
    return /^[\w-]{43}$/.test(text) ? text : null
  } catch {
    return null
  }
}
