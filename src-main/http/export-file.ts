import { createReadStream } from 'node:fs'
import { stat } from 'node:fs/promises'
import { basename } from 'node:path'
import { Readable } from 'node:stream'
import { z } from 'zod'
import type { Core } from '#main/core/core.ts'
import type { RequestId } from '#shared/domain/ids.ts'
import { AppError } from '#shared/errors/app-error.ts'

const resultWithPath = z.object({ path: z.string().min(1) })

/**
 * `GET /api/requests/{id}/file`: what a finished export wrote, as a download. The path comes from the core's own stored
 * result, never from the caller.
 * @throws NOT_FOUND when there is no such request, it made no file, or the file is gone
 */
export async function answerExportFile(core: Core, id: string): Promise<Response> {
  const missing = (cause?: unknown) =>
    new AppError('NOT_FOUND', { what: 'file of request', id }, { cause })
  if (!/^\d+$/.test(id)) throw missing()
  const request = await core.client.requests.get({ id: Number(id) as RequestId })
  const result = resultWithPath.safeParse(request.result)
  if (request.state !== 'finished' || !result.success) throw missing()
  const { path } = result.data
  const info = await stat(path).catch((cause: unknown) => {
    throw missing(cause)
  })
  if (!info.isFile()) throw missing()
  return new Response(Readable.toWeb(createReadStream(path)) as ReadableStream<Uint8Array>, {
    headers: {
      'Content-Type': path.endsWith('.zip') ? 'application/zip' : 'application/octet-stream',
      'Content-Length': String(info.size),
      'Content-Disposition': attachment(basename(path)),
      'Cache-Control': 'private, no-store',
    },
  })
}

/** RFC 6266: a plain name for old clients, the real one for the rest. */
function attachment(name: string): string {
  const plain = name.replace(/[^\x20-\x7e]|["\\%]/g, '_')
  const real = encodeURIComponent(name).replace(
    /['()*]/g,
    (c) => `%${c.charCodeAt(0).toString(16)}`,
  )
  return `attachment; filename="${plain}"; filename*=UTF-8''${real}`
}
