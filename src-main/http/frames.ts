import type { Core } from '#main/core/core.ts'
import type { FrameBytes, FrameQuality } from '#main/core/ports.ts'
import type { TaskId } from '#shared/domain/ids.ts'
import { AppError } from '#shared/errors/app-error.ts'
import type { PixelBox } from '#shared/geometry/mask-spans.ts'
import { RAW_FRAME_TYPE } from '#shared/media/raw-frame.ts'

const qualities: readonly FrameQuality[] = [
  'display',
  'original',
  'upright',
  'thumbnail',
  'deep',
  'proxy',
  'play',
  'compressed',
]
/** No picture is wider: more is a mistake, and NaN fails the comparison as well. */
const MOST_PIXELS = 1e7
/** More tiles are narrower than anybody's screen, and WebP ends at 16,383 pixels. */
const MOST_TILES = 100

/**
 * `GET /frames/{taskId}/{index}?quality=…`: one frame's picture; `index` may be `preview` while a scan runs. With
 * `?crop=left,top,right,bottom` (image pixels, the far edges excluded) a small picture of that part.
 *
 * A video's `display` and `deep` are raw frames (src-shared/media/raw-frame.ts), exact ones; with `quality=proxy` whatever
 * shows the frame soonest, and with `quality=play` the exact frame at half its sides where it is a large one, which the header tells. `original` and `upright` are PNGs of its exact pixels,
 * `compressed` is a JPEG.
 * @throws INPUT_INVALID for a number, quality or crop that is none, and what the core throws
 */
export async function answerFrame(
  core: Core,
  request: Request,
  params: { taskId: string; index: string },
): Promise<Response> {
  const taskId = wholeNumber(params.taskId, 'the task of /frames') as TaskId
  if (params.index === 'preview') return answerPicture(request, await core.previewBytes(taskId))
  const index = wholeNumber(params.index, 'the frame of /frames')
  const { searchParams } = new URL(request.url)
  const crop = searchParams.get('crop')
  const { signal } = request
  if (crop !== null) {
    const box = parseCrop(crop)
    return unlessGone(signal, async () =>
      answerPicture(request, await core.cropBytes(taskId, index, box, signal)),
    )
  }
  const quality = parseQuality(searchParams.get('quality'))
  return unlessGone(signal, async () =>
    answerPicture(request, await core.frameBytes(taskId, index, quality, signal)),
  )
}

/** Somebody who scrubs takes most requests back: nobody reads these answers, and they are nothing to log. */
async function unlessGone(signal: AbortSignal, answer: () => Promise<Response>): Promise<Response> {
  try {
    return await answer()
  } catch (error) {
    if (!signal.aborted) throw error
    return new Response(null, { status: 499 })
  }
}

/**
 * `GET /frames/{taskId}/strip?from=…&to=…&count=…`: small pictures for a timeline, one WebP with `count` tiles side by side
 * (1 to 100, at most one a frame), each `Strip-Tile: WIDTHxHEIGHT` pixels. The frames from … to (inclusive) are divided into `Strip-Count`
 * equal parts, and each tile stands for the middle of its part: part k begins at `from + k * (to - from + 1) / count`. A video's tile may be of
 * the keyframe before its frame.
 * @throws INPUT_INVALID, and what the core throws
 */
export async function answerStrip(
  core: Core,
  request: Request,
  params: { taskId: string },
): Promise<Response> {
  const taskId = wholeNumber(params.taskId, 'the task of /frames') as TaskId
  const { searchParams } = new URL(request.url)
  const asked = (name: string) => wholeNumber(searchParams.get(name) ?? '', `${name} of /frames`)
  const frames = stripFrames(asked('from'), asked('to'), asked('count'))
  return unlessGone(request.signal, async () => {
    const strip = await core.stripBytes(taskId, frames, request.signal)
    const response = await answerPicture(request, { ...strip, exifTurned: false })
    response.headers.set('Strip-Tile', `${strip.tileWidth}x${strip.tileHeight}`)
    response.headers.set('Strip-Count', String(frames.length))
    return response
  })
}

/** The frames in the middle of `count` equal parts. @throws INPUT_INVALID */
function stripFrames(from: number, to: number, count: number): number[] {
  if (to < from || count < 1 || count > MOST_TILES)
    throw new AppError('INPUT_INVALID', {
      where: 'the strip of /frames',
      problem: `${from} to ${to} cannot be shown in ${count} pictures (1 to ${MOST_TILES})`,
    })
  const frames = to - from + 1
  const tiles = Math.min(count, frames)
  return Array.from({ length: tiles }, (_, k) => from + Math.floor(((k + 0.5) * frames) / tiles))
}

/** `GET /frames/{taskId}/{index}/related/{position}`: a context image. @throws as `answerFrame` */
export async function answerRelated(
  core: Core,
  request: Request,
  params: { taskId: string; index: string; position: string },
): Promise<Response> {
  const taskId = wholeNumber(params.taskId, 'the task of /frames') as TaskId
  const index = wholeNumber(params.index, 'the frame of /frames')
  const position = wholeNumber(params.position, 'the context image of /frames')
  return answerPicture(request, await core.relatedBytes(taskId, index, position))
}

/**
 * A raw frame is megabytes, made anew for each screen and kept there as a picture: nobody asks for it twice, so it gets no
 * tag, whose hash alone would take a third of the time a frame has.
 */
function answerRaw({ contentType, body }: FrameBytes): Response {
  const headers = { 'Cache-Control': 'no-store', 'Content-Type': contentType }
  const length = { 'Content-Length': String(body.byteLength) }
  return new Response(body as Uint8Array<ArrayBuffer>, { headers: { ...headers, ...length } })
}

/**
 * The tag is the content's own hash: right after a relink or an edit of the file by another program. Hashing runs on the
 * thread pool (`subtle`), so a 40 MB original does not hold up the loop.
 */
async function answerPicture(request: Request, picture: FrameBytes): Promise<Response> {
  if (picture.contentType === RAW_FRAME_TYPE) return answerRaw(picture)
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

/** Halves of a pixel are part of it, so the box is widened to whole ones. */
function parseCrop(text: string): PixelBox {
  const numbers = text.split(',').map(Number)
  const [left, top, right, bottom] = numbers
  const isBox =
    numbers.length === 4 &&
    numbers.every((value) => Math.abs(value) <= MOST_PIXELS) &&
    (left ?? 0) < (right ?? 0) &&
    (top ?? 0) < (bottom ?? 0)
  if (!isBox)
    throw new AppError('INPUT_INVALID', {
      where: 'crop',
      problem: `"${text}" is not left,top,right,bottom`,
    })
  return {
    left: Math.floor(left ?? 0),
    top: Math.floor(top ?? 0),
    right: Math.ceil(right ?? 0),
    bottom: Math.ceil(bottom ?? 0),
  }
}

function parseQuality(text: string | null): FrameQuality {
  const found = qualities.find((quality) => quality === (text ?? 'display'))
  if (found) return found
  throw new AppError('INPUT_INVALID', {
    where: 'quality',
    problem: `"${text}" is none of ${qualities.join(', ')}`,
  })
}
