import { problemOfBody, RefusedError } from './problems.ts'

/** A file that was dropped on the page, with its path inside the drop, forward slashes. */
export interface DroppedFile {
  readonly path: string
  readonly file: File
}

/** What `POST /uploads` answers. */
interface UploadAnswer {
  readonly upload: string
  readonly folder: string
  readonly paths: readonly string[]
}

export interface UploadProgress {
  readonly files: number
  readonly bytes: number
  readonly current: string
}

/**
 * Copy dropped files into the data directory, one raw body each, beside each other in one folder.
 * @returns the folder on the core's machine
 * @throws RefusedError, or an AbortError when `signal` says so
 */
export async function uploadFiles(
  files: readonly DroppedFile[],
  options: {
    readonly signal?: AbortSignal
    readonly onProgress?: (progress: UploadProgress) => void
  } = {},
): Promise<{ folder: string; paths: string[] }> {
  const paths: string[] = []
  let upload: string | null = null
  let folder = ''
  let bytes = 0
  for (const [at, { path, file }] of files.entries()) {
    options.onProgress?.({ files: at, bytes, current: path })
    const answer = await sendOne(path, file, upload, options.signal ?? null)
    upload = answer.upload
    folder = answer.folder
    paths.push(...answer.paths)
    bytes += file.size
  }
  return { folder, paths }
}

async function sendOne(
  path: string,
  file: File,
  upload: string | null,
  signal: AbortSignal | null,
): Promise<UploadAnswer> {
  const query = new URLSearchParams({ path, ...(upload !== null && { upload }) })
  const response = await fetch(`/uploads?${query}`, {
    method: 'POST',
    body: file,
    headers: { 'Content-Type': 'application/octet-stream' },
    signal,
  })
  const body: unknown = await response.json().catch(() => null)
  if (!response.ok) throw new RefusedError(problemOfBody(body, `${path}: ${response.statusText}`))
  return body as UploadAnswer
}
