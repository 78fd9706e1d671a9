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
  const decoder = new TextDecoder('utf-8', { fatal: true })
  let position = 0
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
    const text = decode(chunk)
    position += chunk.length
    if (text !== '') yield text
  }
  const rest = decode()
  if (rest !== '') yield rest
}
