import { createORPCClient } from '@orpc/client'
import { RPCLink } from '@orpc/client/fetch'
import { readInstance } from '#main/store/data-dir-lock.ts'
import { AppError } from '#shared/errors/app-error.ts'
import type { Client, Connection } from './connect.ts'
import { ReportedError } from './failure.ts'

/** A client of the instance that holds `dataDir`; null when none has published an address there. */
export async function attach(dataDir: string): Promise<Connection | null> {
  const instance = await readInstance(dataDir)
  if (!instance?.url || !instance.token) return null
  const { url, token } = instance
  const headers = { authorization: `Bearer ${token}` }
  const client: Client = createORPCClient(new RPCLink({ url: new URL('/rpc', url).href, headers }))
  return {
    client,
    attachedUrl: pageUrl(url, token),
    core: null,
    frame: async (taskId, index, quality) => {
      const address = new URL(`/frames/${taskId}/${index}?quality=${quality}`, url)
      const response = await fetch(address, { headers }).catch((cause: unknown) => {
        throw new AppError('CORE_UNREACHABLE', { url, detail: String(cause) }, { cause })
      })
      if (!response.ok) throw new ReportedError(await errorOf(response))
      return {
        contentType: response.headers.get('content-type') ?? 'application/octet-stream',
        body: new Uint8Array(await response.arrayBuffer()),
        exifTurned: false,
      }
    },
    close: async () => {},
  }
}

/** The address a browser opens: the page trades the token for a cookie. */
export function pageUrl(url: string, token: string): string {
  const page = new URL(url)
  page.searchParams.set('token', token)
  return page.href
}

async function errorOf(response: Response) {
  const body = (await response.json().catch(() => null)) as { error?: unknown } | null
  const error = body?.error as { code: string; message: string; remedy: string } | undefined
  return error ?? new AppError('INTERNAL', { detail: `HTTP ${response.status}` }).toBody()
}
