import { isAscii } from 'node:buffer'
import { AppError } from '#shared/errors/app-error.ts'

/**
 * Bytes as UTF-8 text, a byte order mark left out.
 * @throws DATASET_INVALID at the first byte that is not UTF-8
 */
export async function* decodeText(
  chunks: AsyncIterable<Uint8Array>,
  file: string,
  entry: string,
): AsyncGenerator<string> {
  const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })
  let position = 0
  /** Whether a character may have begun whose end is in the next chunk. */
  let isOpen = false
  const decode = (chunk?: Uint8Array): string => {
    try {
      return chunk === undefined ? decoder.decode() : decoder.decode(chunk, { stream: true })
    } catch (cause) {
      const where =
        entry === file ? `byte ${position} or after` : `${entry}, byte ${position} or after`
      const problem = 'the text is not UTF-8'
      throw new AppError('DATASET_INVALID', { file, where, problem }, { cause })
    }
  }
  for await (const chunk of chunks) {
    if (chunk.length === 0) continue
    // Most annotation files are ASCII, which needs no decoder.
    const isPlain = !isOpen && isAscii(chunk)
    const text = isPlain ? ascii(chunk) : decode(chunk)
    if (!isPlain) isOpen = (chunk.at(-1) ?? 0) >= 0x80
    const mark = position === 0 && text.startsWith('\ufeff') ? 1 : 0
    position += chunk.length
    if (text.length > mark) yield mark === 0 ? text : text.slice(mark)
  }
  const rest = decode()
  if (rest !== '') yield rest
}

function ascii({ buffer, byteOffset, byteLength }: Uint8Array): string {
  return Buffer.from(buffer, byteOffset, byteLength).toString('latin1')
}
