import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { mkdir, open } from 'node:fs/promises'
import { dirname } from 'node:path'
import { AppError } from '#shared/errors/app-error.ts'

export interface Copied {
  readonly sizeBytes: number
  /** Hex. */
  readonly sha256: string
}

/**
 * Copy a file and learn its hash on the way; it is on the disk when this returns.
 * @throws CANCELLED; of the disk what Node throws
 */
export async function copyHashed(
  from: string,
  to: string,
  { signal, onBytes }: { readonly signal: AbortSignal; onBytes(bytes: number): void },
): Promise<Copied> {
  await mkdir(dirname(to), { recursive: true })
  const hash = createHash('sha256')
  const handle = await open(to, 'wx')
  let sizeBytes = 0
  try {
    for await (const piece of createReadStream(from, { highWaterMark: 2 ** 20 })) {
      if (signal.aborted) throw new AppError('CANCELLED', { what: 'Installing' })
      const bytes = piece as Buffer
      hash.update(bytes)
      await handle.write(bytes)
      sizeBytes += bytes.length
      onBytes(bytes.length)
    }
    await handle.sync()
  } finally {
    await handle.close()
  }
  return { sizeBytes, sha256: hash.digest('hex') }
}
