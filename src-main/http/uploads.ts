import { createWriteStream } from 'node:fs'
import { mkdir, rm } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import type { Core } from '#main/core/core.ts'
import { AppError } from '#shared/errors/app-error.ts'
import { safeRelativePath } from './relative-path.ts'

/** A multipart body is held in memory while it is taken apart; larger files come one by one as raw bodies. */
const MAX_MULTIPART_BYTES = 512 * 1024 * 1024

/** What `POST /uploads` answers. Later files of the same drop say `?upload=` to land beside the first. */
export interface UploadAnswer {
  readonly upload: string
  /** The folder that holds this drop: what to open when a folder was dropped. */
  readonly folder: string
  /** Absolute paths of the files this call wrote, in order. */
  readonly paths: readonly string[]
}

/**
 * `POST /uploads`: files dropped on the web shell's page, whose paths a browser does not tell. Either multipart (each
 * part's file name may be a relative path), or one raw body with `?path=dir/name.jpg`, streamed to disk.
 */
export function createUploadHandler(core: Core) {
  const folders = new Map<string, string>()
  return async (request: Request): Promise<Response> => {
    const query = new URL(request.url).searchParams
    const isMultipart = request.headers.get('content-type')?.startsWith('multipart/form-data')
    const files = isMultipart ? await partsOf(request) : [rawFile(request, query.get('path'))]
    const { upload, folder } = await openFolder(core, folders, query.get('upload'))
    const paths: string[] = []
    for (const file of files) paths.push(await save(folder, file))
    return Response.json({ upload, folder, paths } satisfies UploadAnswer, { status: 201 })
  }
}

interface IncomingFile {
  readonly path: string
  readonly body: ReadableStream<Uint8Array> | null
}

async function partsOf(request: Request): Promise<IncomingFile[]> {
  const length = Number(request.headers.get('content-length') ?? Number.NaN)
  if (!(length <= MAX_MULTIPART_BYTES))
    throw new AppError('INPUT_INVALID', {
      where: 'the multipart body',
      problem:
        'it is larger than 512 MiB or of unknown size; send each file as a raw body with ?path=',
    })
  const form = await request.formData().catch((cause: unknown) => {
    const problem = 'it could not be taken apart'
    throw new AppError('INPUT_INVALID', { where: 'the multipart body', problem }, { cause })
  })
  const files = [...form.values()].filter((value) => typeof value !== 'string')
  if (files.length === 0)
    throw new AppError('INPUT_INVALID', { where: 'the multipart body', problem: 'it has no file' })
  return files.map((file) => ({ path: safeRelativePath(file.name), body: file.stream() }))
}

function rawFile(request: Request, path: string | null): IncomingFile {
  if (!path) throw new AppError('INPUT_INVALID', { where: 'path', problem: 'it is missing' })
  return { path: safeRelativePath(path), body: request.body }
}

/** Only folders this very handler made can be named again, so no name leads anywhere else. */
async function openFolder(core: Core, folders: Map<string, string>, upload: string | null) {
  const known = upload === null ? undefined : folders.get(upload)
  if (upload !== null && !known)
    throw new AppError('INPUT_INVALID', { where: 'upload', problem: 'there is no such upload' })
  if (upload !== null && known) return { upload, folder: known }
  const folder = await core.newUploadDir()
  folders.set(basename(folder), folder)
  return { upload: basename(folder), folder }
}

/** A file that stops half-way (the page was closed, the disk is full) leaves nothing behind. */
async function save(folder: string, file: IncomingFile): Promise<string> {
  const path = join(folder, file.path)
  await mkdir(dirname(path), { recursive: true })
  const source = file.body ? Readable.fromWeb(file.body as never) : Readable.from([])
  try {
    await pipeline(source, createWriteStream(path, { flags: 'wx' }))
    return path
  } catch (cause) {
    const { code } = cause as NodeJS.ErrnoException
    if (code === 'EEXIST')
      throw new AppError('INPUT_INVALID', { where: file.path, problem: 'it was sent twice' })
    await rm(path, { force: true })
    if (code === 'ENOSPC') throw new AppError('DISK_FULL', { path: folder }, { cause })
    throw cause
  }
}
