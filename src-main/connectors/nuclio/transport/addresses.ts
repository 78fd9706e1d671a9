/** Where a connection points, and whether what is sent there can be read on the way. */

/** Names by which a container, or this machine itself, is reached without a network. */
const LOCAL_NAMES = new Set(['localhost', 'host.docker.internal', '[::1]', '::1'])

/** Whether what is sent there stays on this machine. */
export function isLocal({ hostname }: URL): boolean {
  return (
    LOCAL_NAMES.has(hostname) ||
    hostname.endsWith('.localhost') ||
    /^127(\.\d{1,3}){3}$/.test(hostname)
  )
}

/** What somebody should know before pictures are sent there; null when nothing. */
export function addressWarning(url: URL, via: 'dashboard' | 'function'): string | null {
  if (url.protocol !== 'http:' || isLocal(url)) return null
  const open = `Pictures go to ${url.host} over plain http: anyone on the way can see them.`
  return via === 'function'
    ? open
    : `${open} A dashboard asks for no password and can start containers: let nobody but you reach it.`
}

/** `base` followed by `path`, a path of the base's own kept. */
export function under(base: URL, path: string): URL {
  const url = new URL(base)
  url.pathname = `${base.pathname.replace(/\/+$/, '')}${path}`
  url.search = ''
  url.hash = ''
  return url
}
