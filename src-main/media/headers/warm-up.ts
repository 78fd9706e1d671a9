import { open } from 'node:fs/promises'
import { HEAD_BYTES } from './bytes.ts'

/** Have the system fetch the heads of these files, in parallel; whatever fails shows when they are read. */
export async function warmUp(paths: readonly (string | null)[]): Promise<void> {
  await Promise.allSettled(paths.filter((path) => path !== null).map(touchHead))
}

async function touchHead(path: string): Promise<void> {
  const file = await open(path)
  try {
    await file.read(Buffer.allocUnsafe(HEAD_BYTES), 0, HEAD_BYTES, 0)
  } finally {
    await file.close()
  }
}
