import { AppError } from '#shared/errors/app-error.ts'

/** An address to get a file from, and who asks. */
export interface Address {
  readonly url: URL
  /** `Authorization`, of a name and password that stood in the address; it goes to that host alone. */
  readonly authorization: string | null
}

export const isAddress = (text: string): boolean => /^https?:\/\//i.test(text)

/** @throws INPUT_INVALID */
export function addressOf(text: string): Address {
  const url = URL.parse(text)
  if (url === null || !isAddress(text) || url.hostname === '') {
    throw new AppError('INPUT_INVALID', { where: 'from', problem: `${text} is no http address` })
  }
  const { username, password } = url
  url.username = ''
  url.password = ''
  url.hash = ''
  const pair = `${decodeURIComponent(username)}:${decodeURIComponent(password)}`
  const isNamed = username !== '' || password !== ''
  const encoded = Buffer.from(pair).toString('base64')
  return { url, authorization: isNamed ? `Basic ${encoded}` : null }
}

/** For sentences and logs: passwords and what follows a `?`, where keys are kept, stay out. */
export function sayableUrl(url: URL): string {
  return `${url.origin}${url.pathname}`
}

/** The name of the file an address ends with, as it may lie in a folder of ours. */
export function fileNameOf(url: URL): string {
  const last = url.pathname.split('/').findLast((part) => part !== '') ?? ''
  const name = decoded(last).split(/[/\\]/).at(-1) ?? ''
  const safe = name.replace(/[\p{Cc}<>:"|?*]/gu, '_').replace(/^\.+|[. ]+$/g, '')
  return safe.slice(-200) || 'model.onnx'
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}
