import { chmod, mkdir, readFile, rename, writeFile } from 'node:fs/promises'
import { dirname } from 'node:path'

/** Passwords of connections, in a file that only its owner can read. Never in the database, whose copies go further. */
export interface Secrets {
  get(connectionId: string): Promise<Secret | null>
  set(connectionId: string, secret: Secret | null): Promise<void>
}

export interface Secret {
  /** Scheme, host and port it belongs to: it is sent nowhere else. */
  readonly origin: string
  readonly user: string
  readonly password: string
}

export function createSecrets(path: string): Secrets {
  async function all(): Promise<Record<string, Secret>> {
    const text = await readFile(path, 'utf8').catch(() => '{}')
    try {
      return JSON.parse(text) as Record<string, Secret>
    } catch {
      // Damaged: passwords are asked for again, nothing else is lost.
      return {}
    }
  }

  return {
    async get(id) {
      const secret = (await all())[id]
      const isWhole =
        typeof secret?.origin === 'string' &&
        typeof secret.user === 'string' &&
        typeof secret.password === 'string'
      return isWhole ? secret : null
    },
    async set(id, secret) {
      const { [id]: old, ...others } = await all()
      if (secret === null && old === undefined) return
      const next = secret === null ? others : { ...others, [id]: secret }
      await mkdir(dirname(path), { recursive: true })
      await writeFile(`${path}.new`, JSON.stringify(next), { mode: 0o600 })
      await chmod(`${path}.new`, 0o600)
      await rename(`${path}.new`, path)
    },
  }
}

/** An address without what is secret in it, and what that was. */
export function splitAddress(address: string): {
  readonly url: string
  readonly user: string
  readonly password: string
} {
  const url = new URL(address)
  const password = decoded(url.password)
  const user = decoded(url.username)
  url.password = ''
  return { url: url.href, user, password }
}

/** A name or password that holds a lone `%` was never encoded. */
function decoded(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}

export function basicAuth({ user, password }: Secret): string {
  return `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`
}
