import type { Core } from '#main/core/core.ts'
import type { FrameBytes } from '#main/core/ports.ts'
import type { TaskId } from '#shared/domain/ids.ts'
import { AppError } from '#shared/errors/app-error.ts'

const qualities = ['display', 'original', 'upright', 'thumbnail'] as const
type Quality = (typeof qualities)[number]

/**
 * `GET /frames/{taskId}/{index}?quality=…`: one frame's picture; `index` may be `preview` while a scan runs.
 * @throws INPUT_INVALID for a number or quality that is none, and what the core throws
 */
export async function answerFrame(
  core: Core,
  request: Request,
  params: { taskId: string; index: string },
): Promise<Response> {
  const taskId = wholeNumber(params.taskId, 'the task of /frames') as TaskId
  if (params.index === 'preview') return answerPicture(request, await core.previewBytes(taskId))
  const index = wholeNumber(params.index, 'the frame of /frames')
  const quality = parseQuality(new URL(request.url).searchParams.get('quality'))
  return answerPicture(request, await core.frameBytes(taskId, index, quality, request.signal))
}

/**
 * The tag is the content's own hash: right after a relink or an edit of the file by another program. Hashing runs on the
 * thread pool (`subtle`), so a 40 MB original does not hold up the loop.
 */
async function answerPicture(request: Request, picture: FrameBytes): Promise<Response> {
  const hash = await crypto.subtle.digest('SHA-1', picture.body as Uint8Array<ArrayBuffer>)
  const etag = `"${Buffer.from(hash).toString('base64url')}"`
  const headers = { ETag: etag, 'Cache-Control': 'private, no-cache', Vary: 'Cookie' }
  const known = request.headers.get('if-none-match')?.split(/\s*,\s*/) ?? []
  if (known.includes(etag) || known.includes('*'))
    return new Response(null, { status: 304, headers })
  return new Response(picture.body as Uint8Array<ArrayBuffer>, {
    headers: {
      ...headers,
      'Content-Type': picture.contentType,
      'Content-Length': String(picture.body.byteLength),
      // Scripts that do not apply EXIF by themselves (browsers do) must know when a turn is left to do.
      'Exif-Turned': picture.exifTurned ? '1' : '0',
    },
  })
}

function wholeNumber(text: string, where: string): number {
  const value = Number(text)
  if (/^\d+$/.test(text) && Number.isSafeInteger(value)) return value
  throw new AppError('INPUT_INVALID', { where, problem: `"${text}" is not a whole number` })
}

function parseQuality(text: string | null): Quality {
  const found = qualities.find((quality) => quality === (text ?? 'display'))
  if (found) return found
  throw new AppError('INPUT_INVALID', {
    where: 'quality',
    problem: `"${text}" is none of ${qualities.join(', ')}`,
  })
}
