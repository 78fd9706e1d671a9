import { openToRead } from '../../open-to-read.ts'
import { refuseManifest } from './refuse.ts'

/**
 * A text file of bounded size.
 * @throws MODEL_MANIFEST_INVALID when it is larger, is no UTF-8, or cannot be read
 */
export async function readText(path: string, mostBytes: number): Promise<string> {
  const bytes = await readBounded(path, mostBytes)
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    throw refuseManifest(path, 'the file', 'is not text in UTF-8')
  }
}

async function readBounded(path: string, mostBytes: number): Promise<Uint8Array> {
  const handle = await openToRead(path).catch((cause: NodeJS.ErrnoException) => {
    const gone = cause.code === 'ENOENT'
    throw refuseManifest(path, 'the file', gone ? 'is not there' : `cannot be read (${cause.code})`)
  })
  try {
    const stat = await handle.stat()
    if (!stat.isFile()) throw refuseManifest(path, 'the file', 'is no file')
    if (stat.size > mostBytes) {
      throw refuseManifest(path, 'the file', `is larger than ${mostBytes / 2 ** 20} MB`)
    }
    // What is appended meanwhile is not ours to read.
    const bytes = Buffer.alloc(stat.size)
    const { bytesRead } = await handle.read(bytes, 0, bytes.length, 0)
    return bytes.subarray(0, bytesRead)
  } finally {
    await handle.close()
  }
}
