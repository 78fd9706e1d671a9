import { AppError } from '#shared/errors/app-error.ts'

/** What kept an exchange from having an answer. */
export type FaultKind =
  | 'refused'
  | 'unknown-host'
  | 'tls'
  | 'timed-out'
  | 'answer-too-large'
  | 'not-http'
  | 'broken'
  | 'cancelled'

export class NetworkFault extends Error {
  override readonly name = 'NetworkFault'
  readonly kind: FaultKind
  /** A clause without a full stop. */
  readonly detail: string

  constructor(kind: FaultKind, detail: string, cause?: unknown) {
    super(detail, { cause })
    this.kind = kind
    this.detail = detail
  }
}

const REFUSED = new Set(['ECONNREFUSED', 'EHOSTUNREACH', 'ENETUNREACH', 'EHOSTDOWN', 'ENETDOWN'])
const UNKNOWN_HOST = new Set(['ENOTFOUND', 'EAI_AGAIN', 'EAI_NODATA', 'EAI_NONAME'])
const TLS_CODES =
  /^(CERT_|DEPTH_ZERO|SELF_SIGNED|UNABLE_TO_|ERR_TLS|ERR_SSL|HOSTNAME_MISMATCH|EPROTO$)/

/** What Node's sockets throw, as a fault; a fault stays what it is. */
export function faultOf(error: unknown): NetworkFault {
  if (error instanceof NetworkFault) return error
  const code = codeOf(error)
  const message = error instanceof Error ? error.message : String(error)
  if (REFUSED.has(code)) return new NetworkFault('refused', 'nothing answers', error)
  if (UNKNOWN_HOST.has(code)) return new NetworkFault('unknown-host', 'unknown machine', error)
  if (code === 'ETIMEDOUT') return new NetworkFault('refused', 'the machine does not answer', error)
  if (code === 'EPROTO') return new NetworkFault('tls', 'what answers there speaks no TLS', error)
  if (TLS_CODES.test(code)) return new NetworkFault('tls', message.slice(0, 300), error)
  if (code.startsWith('HPE_'))
    return new NetworkFault('not-http', 'what answers there speaks no HTTP', error)
  if (code === 'ECONNRESET' || code === 'EPIPE')
    return new NetworkFault('broken', 'the other side closed it', error)
  return new NetworkFault('broken', message.slice(0, 300), error)
}

function codeOf(error: unknown): string {
  if (!(error instanceof Error)) return ''
  if ('code' in error && typeof error.code === 'string') return error.code
  // Several addresses of one name were tried.
  return error instanceof AggregateError ? codeOf(error.errors[0]) : ''
}

/**
 * The same for people.
 * @param what  who was asked, as people know it
 */
export function faultError(
  fault: NetworkFault,
  { what, url, seconds }: { what: string; url: URL; seconds: number },
): AppError {
  const place = `${url.protocol}//${url.host}`
  const cause = { cause: fault }
  switch (fault.kind) {
    case 'cancelled':
      return new AppError('CANCELLED', { what }, cause)
    case 'refused':
      return new AppError('CONNECTION_REFUSED', { what, url: place }, cause)
    case 'unknown-host':
      return new AppError('CONNECTION_HOST_UNKNOWN', { what, host: url.hostname }, cause)
    case 'tls':
      return new AppError('CONNECTION_TLS', { what, url: place, detail: fault.detail }, cause)
    case 'timed-out':
      return new AppError('CONNECTION_TIMED_OUT', { what, url: place, seconds }, cause)
    case 'answer-too-large':
    case 'not-http':
    case 'broken':
      return new AppError('CONNECTION_BROKEN', { what, url: place, detail: fault.detail }, cause)
  }
}
