import { RAW_FRAME_TYPE, readRawFrame } from '#shared/media/raw-frame.ts'
import { clahe, equalize } from '../picture/equalize.ts'
import type { Pixels } from '../picture/tone.ts'
import type { PictureAnswer, PictureRequest } from './picture-messages.ts'
import { giveBack, readBody } from './read-body.ts'
import { toUprightRgba } from './to-rgba.ts'

/**
 * Fetches a video's frames and makes bitmaps of them. A 1080p frame is 3 MB on the way and 8 MB as pixels: none of it
 * passes the page's own thread, which only gets the finished bitmap handed over.
 */

/** The scope's type cannot be had from lib: DOM and WebWorker do not fit into one program. */
interface WorkerScope {
  onmessage: ((event: MessageEvent<PictureRequest>) => void) | null
  postMessage(answer: PictureAnswer, transfer?: Transferable[]): void
}
const scope = globalThis as unknown as WorkerScope

type Load = Extract<PictureRequest, { kind: 'load' }>
type Ready = Omit<Extract<PictureAnswer, { kind: 'ready' }>, 'ticket' | 'kind'>

const running = new Map<number, AbortController>()

scope.onmessage = ({ data }) => {
  if (data.kind === 'cancel') running.get(data.ticket)?.abort()
  else void load(data)
}

async function load(request: Load): Promise<void> {
  const { ticket } = request
  const abort = new AbortController()
  running.set(ticket, abort)
  const answer = await answered(request, abort.signal)
  running.delete(ticket)
  if (answer.kind === 'ready') scope.postMessage({ ...answer, ticket }, [answer.bitmap])
  else scope.postMessage({ ...answer, ticket })
}

type Answer = PictureAnswer extends infer A
  ? A extends unknown
    ? Omit<A, 'ticket'>
    : never
  : never

async function answered(request: Load, signal: AbortSignal): Promise<Answer> {
  let response: Response
  try {
    // Frames are kept decoded; a second copy in the browser's own cache costs a quarter of the transfer's time.
    response = await fetch(request.url, { signal, cache: 'no-store' })
  } catch (error) {
    if (signal.aborted) return { kind: 'cancelled' }
    return { kind: 'unreachable', problem: String(error) }
  }
  if (!response.ok) return refusal(response)
  try {
    const ready = await readyPicture(response, request)
    if (!signal.aborted) return { kind: 'ready', ...ready }
    ready.bitmap.close()
    return { kind: 'cancelled' }
  } catch (error) {
    if (signal.aborted) return { kind: 'cancelled' }
    // A body that breaks off is the connection's fault, one that makes no sense the picture's.
    const kind = error instanceof TypeError ? 'unreachable' : 'unreadable'
    return { kind, problem: error instanceof Error ? error.message : String(error) }
  }
}

async function refusal(response: Response): Promise<Answer> {
  const status = `${response.status} ${response.statusText}`
  try {
    return { kind: 'refused', status, body: await response.json() }
  } catch {
    // No JSON: the status line is all there is to say.
    return { kind: 'refused', status, body: null }
  }
}

async function readyPicture(response: Response, { frame, tone }: Load): Promise<Ready> {
  if (response.headers.get('Content-Type') !== RAW_FRAME_TYPE)
    return compressed(await response.blob(), tone)
  const body = await readBody(response)
  const { header, planes } = readRawFrame(body)
  if (header.frame !== frame)
    throw new RangeError(`frame ${header.frame} came where ${frame} was asked for`)
  const bitmap = bitmapOf(toned(toUprightRgba(header, planes), tone))
  giveBack(body)
  const { uprightWidth, uprightHeight, exact } = header
  return { bitmap, width: uprightWidth, height: uprightHeight, exact }
}

/** A picture in a format of its own, such as a frame of a task that is no video. */
async function compressed(blob: Blob, tone: Load['tone']): Promise<Ready> {
  const plain = await createImageBitmap(blob)
  const { width, height } = plain
  if (tone.equalize === 'off') return { bitmap: plain, width, height, exact: true }
  const context = new OffscreenCanvas(width, height).getContext('2d', { willReadFrequently: true })
  if (!context) throw new RangeError('this browser gave no canvas for the picture')
  context.drawImage(plain, 0, 0)
  plain.close()
  const { data } = context.getImageData(0, 0, width, height)
  return { bitmap: bitmapOf(toned({ width, height, data }, tone)), width, height, exact: true }
}

function toned(pixels: Pixels, tone: Load['tone']): Pixels {
  if (tone.equalize === 'global') equalize(pixels)
  if (tone.equalize === 'clahe') clahe(pixels, tone.claheClip)
  return pixels
}

const canvas = new OffscreenCanvas(1, 1)
const context = canvas.getContext('2d', { alpha: false })

/** Through a canvas: 5 ms for 1080p, where `createImageBitmap` of the same pixels takes 8. */
function bitmapOf({ width, height, data }: Pixels): ImageBitmap {
  if (canvas.width !== width) canvas.width = width
  if (canvas.height !== height) canvas.height = height
  if (!context) throw new RangeError('this browser gave no canvas for the picture')
  context.putImageData(new ImageData(data as Uint8ClampedArray<ArrayBuffer>, width, height), 0, 0)
  return canvas.transferToImageBitmap()
}
