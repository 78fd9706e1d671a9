import { readdir, stat } from 'node:fs/promises'
import { basename, dirname, extname } from 'node:path'
import { AppError } from '#shared/errors/app-error.ts'
import { openToRead } from '../../open-to-read.ts'
import { type FoundSource, isOnnx, isYaml, lookInFolder, readForeign } from './look-in-folder.ts'
import { unzip } from './unzip.ts'

/** What a person named, opened. Close it: of an archive it lies in a folder of its own until then. */
export interface ModelSource extends FoundSource {
  close(): Promise<void>
}

export interface Scratch {
  readonly folder: string
  remove(): Promise<void>
}

export interface OpenOptions {
  /** An empty folder of our own, for what has to be unpacked. */
  scratch(): Promise<Scratch>
  readonly signal?: AbortSignal
}

/**
 * Find the model in what a person named: a bare `.onnx`, a pack's folder, its `manifest.json`, a zip, a YAML.
 * @throws MEDIA_NOT_FOUND, MODEL_UNREADABLE, MODEL_MANIFEST_INVALID, ARCHIVE_UNSAFE, ARCHIVE_UNREADABLE, CANCELLED
 */
export async function openSource(path: string, options: OpenOptions): Promise<ModelSource> {
  const info = await stat(path).catch((cause: unknown) => {
    throw new AppError('MEDIA_NOT_FOUND', { path }, { cause })
  })
  const close = async () => {}
  if (info.isDirectory()) return { ...(await lookInFolder(path)), close }
  if (await isArchive(path)) return fromArchive(path, options)
  return { ...(await fromFile(path)), close }
}

async function fromFile(path: string): Promise<FoundSource> {
  const folder = dirname(path)
  const name = basename(path)
  const onnx = (await readdir(folder).catch(() => [])).filter(isOnnx).sort()
  const found = { folder, manifestPath: null, foreign: null, onnx, wanted: null }
  if (extname(name).toLowerCase() === '.json') return { ...found, manifestPath: path }
  if (isYaml(name)) return { ...found, foreign: await readForeign(path) }
  // Whatever else it is called: its bytes say what it is, when it is opened.
  return { ...found, onnx: [...new Set([...onnx, name])], wanted: name }
}

async function fromArchive(path: string, { scratch, signal }: OpenOptions): Promise<ModelSource> {
  const { folder, remove } = await scratch()
  try {
    await unzip(path, folder, signal)
    return { ...(await lookInFolder(folder)), close: remove }
  } catch (error) {
    await remove()
    throw error
  }
}

/** A zip by its bytes. PyTorch's checkpoints are zips, too: those are refused as what they are when they are opened. */
async function isArchive(path: string): Promise<boolean> {
  const handle = await openToRead(path)
  try {
    if (!(await handle.stat()).isFile()) return false
    const head = Buffer.alloc(512)
    const { bytesRead } = await handle.read(head, 0, head.length, 0)
    const text = head.toString('latin1', 0, bytesRead)
    const isZip = ['PK\x03\x04', 'PK\x05\x06'].some((magic) => text.startsWith(magic))
    return isZip && !/\.pkl|\/version/.test(text)
  } finally {
    await handle.close()
  }
}
