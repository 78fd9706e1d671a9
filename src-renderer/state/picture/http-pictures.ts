import type { TaskId } from '#shared/domain/ids.ts'
import type { ErrorBody } from '#shared/errors/app-error.ts'
import type { FrameLoaderDeps, ValueRange } from '../frames.ts'
import { isUnreachable, problemOf, problemOfBody } from '../problems.ts'
import type { Adjuster } from './adjuster.ts'
import { DEEP_TYPE, readDeep, type Tone } from './tone.ts'

/** Loads pictures from the core's `/frames` door, decodes them off the main thread and gives them the tone in force. */
export function httpPictures(
  taskId: TaskId,
  adjuster: Pick<Adjuster, 'adjust'>,
  toneNow: () => Tone,
): FrameLoaderDeps {
  return {
    async load(frame, signal) {
      const tone = toneNow()
      const quality = tone.window ? 'deep' : 'display'
      const response = await fetch(`/frames/${taskId}/${frame}?quality=${quality}`, { signal })
      if (!response.ok) return { kind: 'problem', problem: await refusal(response) }
      try {
        const picture = await toned(response, tone, adjuster)
        if (signal.aborted) picture.bitmap.close()
        signal.throwIfAborted()
        const { width, height } = picture.bitmap
        return { kind: 'ready', ...picture, width, height, exact: true }
      } catch (error) {
        if (signal.aborted || (isUnreachable(error) && error instanceof TypeError)) throw error
        return { kind: 'problem', problem: { ...problemOf(error), code: 'IMAGE_UNREADABLE' } }
      }
    },
  }
}

async function toned(
  response: Response,
  tone: Tone,
  adjuster: Pick<Adjuster, 'adjust'>,
): Promise<{ bitmap: ImageBitmap; range?: ValueRange }> {
  if (response.headers.get('Content-Type') === DEEP_TYPE) {
    const buffer = await response.arrayBuffer()
    const { min, max, least, most } = readDeep(buffer)
    return { bitmap: await adjuster.adjust(buffer, tone), range: { min, max, least, most } }
  }
  const plain = await createImageBitmap(await response.blob(), { imageOrientation: 'from-image' })
  return { bitmap: tone.equalize === 'off' ? plain : await adjuster.adjust(plain, tone) }
}

async function refusal(response: Response): Promise<ErrorBody> {
  const fallback = `${response.status} ${response.statusText}`
  try {
    return problemOfBody(await response.json(), fallback)
  } catch {
    // The body was no JSON: the status line is all there is to say.
    return problemOfBody(null, fallback)
  }
}
