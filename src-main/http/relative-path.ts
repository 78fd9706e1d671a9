import { AppError } from '#shared/errors/app-error.ts'

const MAX_PATH = 4096
const MAX_NAME_BYTES = 255
/** Names Windows keeps for devices, with or without an extension. */
const DEVICE = /^(con|prn|aux|nul|com\d|lpt\d)(\.|$)/i

/**
 * A path a browser sent, as one that stays under the folder it is joined to: forward slashes, no drive, no `..`, no
 * control characters. Refused rather than repaired: two files must not land on one name.
 * @throws INPUT_INVALID naming the path
 */
export function safeRelativePath(path: string): string {
  const parts = path
    .replaceAll('\\', '/')
    .split('/')
    .filter((part) => part !== '' && part !== '.')
  const problem = problemOf(path, parts)
  if (!problem) return parts.join('/')
  throw new AppError('INPUT_INVALID', { where: `the path "${path.slice(0, 200)}"`, problem })
}

function problemOf(path: string, parts: readonly string[]): string | null {
  if (parts.length === 0) return 'it names no file'
  if (path.length > MAX_PATH) return `it is longer than ${MAX_PATH} characters`
  if (/^[\\/]/.test(path) || /^[a-z]:/i.test(path)) return 'it is not relative'
  if (parts.includes('..')) return 'it leaves its folder'
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is refused here
  if (/[\u0000-\u001f:]/.test(path)) return 'it holds a colon or a control character'
  if (parts.some((part) => Buffer.byteLength(part) > MAX_NAME_BYTES))
    return 'a name in it is too long'
  if (parts.some((part) => DEVICE.test(part))) return 'a name in it belongs to a device'
  return null
}
