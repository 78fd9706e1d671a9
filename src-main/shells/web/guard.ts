import { createHash, timingSafeEqual } from 'node:crypto'
import { isIP } from 'node:net'
import { AppError } from '#shared/errors/app-error.ts'

export interface GuardOptions {
  /** Of this start: in the printed address, and what programs send as `Authorization: Bearer`. */
  readonly token: string
  /** What the cookie holds that a browser gets for the token; see session.ts. */
  readonly session: string
  /** The address the server listens at, as it was asked for. */
  readonly host: string
  readonly port: number
}

/**
 * Who may talk to the loopback server. Three questions, in this order:
 * is the Host ours (a page of a stranger's name that resolves to 127.0.0.1 is not: DNS rebinding), is the Origin ours
 * (no other site's script), and is the token right (no other user of this machine). `?token=` is traded for a cookie,
 * so that the token leaves the address bar and the history at once.
 * @throws FORBIDDEN
 */
export function createGuard(options: GuardOptions): (request: Request) => Response | null {
  const cookie = `fieldmark-${options.port}`
  const isToken = secretCheck(options.token)
  const isSession = secretCheck(options.session)
  return (request) => {
    const host = request.headers.get('host') ?? ''
    if (!isOwnHost(host, options)) refuse('it names a host that is not this one')
    const origin = request.headers.get('origin')
    if (origin !== null && origin !== `http://${host}`) refuse('it comes from another site')
    const url = new URL(request.url)
    const offered = url.searchParams.get('token')
    if (offered !== null && isPageLoad(request, url)) {
      if (!isToken(offered)) refuse('its token is wrong, or of an earlier start')
      return tradeForCookie(request, url, `${cookie}=${options.session}`)
    }
    if (isToken(bearerOf(request)) || isSession(cookieOf(request, cookie))) return null
    return refuse('it carries no valid token')
  }
}

function refuse(why: string): never {
  throw new AppError('FORBIDDEN', { why })
}

/** Hashes have one length, so comparing them tells nothing about the token's, and takes the same time always. */
function secretCheck(secret: string): (offered: string | null) => boolean {
  const digest = (text: string) => createHash('sha256').update(text).digest()
  const wanted = digest(secret)
  return (offered) => offered !== null && timingSafeEqual(digest(offered), wanted)
}

/**
 * Listening at every address means people reach us by ones we do not know: then an address written in numbers is
 * allowed too. Rebinding needs a name.
 */
function isOwnHost(header: string, { host, port }: GuardOptions): boolean {
  const match = /^(\[[\da-f:.]+\]|[^:]+)(?::(\d+))?$/i.exec(header)
  if (!match || Number(match[2] ?? 80) !== port) return false
  const name = (match[1] ?? '').replace(/^\[|\]$/g, '').toLowerCase()
  if (['localhost', '127.0.0.1', '::1', host.toLowerCase()].includes(name)) return true
  return (host === '0.0.0.0' || host === '::') && isIP(name) !== 0
}

function isPageLoad(request: Request, { pathname }: URL): boolean {
  const isDoor = /^\/(api|rpc|frames|events|uploads)(\/|$)/.test(pathname)
  return request.method === 'GET' && (!isDoor || pathname === '/api/docs')
}

function tradeForCookie(request: Request, url: URL, cookie: string): Response {
  url.searchParams.delete('token')
  const location = `${url.pathname}${url.search}`
  const headers = {
    'Set-Cookie': `${cookie}; Path=/; HttpOnly; SameSite=Strict`,
    'Cache-Control': 'no-store',
  }
  if (request.headers.get('sec-fetch-site') !== 'cross-site')
    return new Response(null, { status: 303, headers: { ...headers, Location: location } })
  // A link clicked on another site (a notebook, a web terminal): browsers hold a Strict cookie back for the whole chain
  // of redirects, but not for a load that our own page begins.
  return new Response(`<meta http-equiv="refresh" content="0;url=${encodeURI(location)}">`, {
    headers: { ...headers, 'Content-Type': 'text/html; charset=utf-8' },
  })
}

function bearerOf(request: Request): string | null {
  return /^Bearer (\S+)$/i.exec(request.headers.get('authorization') ?? '')?.[1] ?? null
}

function cookieOf(request: Request, name: string): string | null {
  for (const pair of (request.headers.get('cookie') ?? '').split(/;\s*/)) {
    if (pair.startsWith(`${name}=`)) return pair.slice(name.length + 1)
  }
  return null
}
