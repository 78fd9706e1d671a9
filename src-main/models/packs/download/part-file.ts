import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { type FileHandle, mkdir, open, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'

const noteSchema = z.object({
  url: z.string(),
  validator: z.string().nullable(),
  total: z.number().nullable(),
})
type Note = z.output<typeof noteSchema>

/** What has arrived of a download. It survives the process: the next one goes on where this one stopped. */
export interface PartFile {
  readonly path: string
  readonly note: Note
  readonly bytes: number
}

const partPath = (folder: string, url: string) =>
  join(folder, `${createHash('sha256').update(url).digest('hex').slice(0, 32)}.part`)
const notePath = (path: string) => `${path}.json`

/** @param url  names it, whole: two files of one server differ in what follows the `?` */
export async function openPart(folder: string, url: string): Promise<PartFile> {
  await mkdir(folder, { recursive: true })
  const path = partPath(folder, url)
  const note = await readNote(path)
  const bytes = (await stat(path).catch(() => null))?.size ?? 0
  const isOurs = note !== null && note.url === url && note.validator !== null
  const fresh: Note = { url, validator: null, total: null }
  return isOurs ? { path, note, bytes } : { path, note: fresh, bytes: 0 }
}

async function readNote(path: string): Promise<Note | null> {
  try {
    return noteSchema.parse(JSON.parse(await readFile(notePath(path), 'utf8')))
  } catch {
    return null
  }
}

/** Write down what the file is before its bytes come: bytes nobody knows the origin of are not gone on with. */
export async function writeNote(path: string, note: Note): Promise<void> {
  await writeFile(notePath(path), JSON.stringify(note))
}

/** @param from  bytes that stay; what lies behind them goes */
export async function openForWriting(path: string, from: number): Promise<FileHandle> {
  const handle = await open(path, from === 0 ? 'w' : 'r+')
  if (from > 0) await handle.truncate(from)
  return handle
}

export async function removePart(path: string): Promise<void> {
  await rm(path, { force: true })
  await rm(notePath(path), { force: true })
}

export async function sha256Of(path: string, signal?: AbortSignal): Promise<string> {
  const hash = createHash('sha256')
  for await (const piece of createReadStream(path, { highWaterMark: 2 ** 20, signal }))
    hash.update(piece as Uint8Array)
  return hash.digest('hex')
}
