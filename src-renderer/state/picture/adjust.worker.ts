import { clahe, equalize } from './equalize.ts'
import { type Pixels, readDeep, type Tone, windowed } from './tone.ts'

export interface AdjustRequest {
  readonly ticket: number
  readonly source: ImageBitmap | ArrayBuffer
  readonly tone: Tone
}
export type AdjustAnswer =
  | { readonly ticket: number; readonly bitmap: ImageBitmap }
  | { readonly ticket: number; readonly problem: string }

/** The scope's type cannot be had from lib: DOM and WebWorker do not fit into one program. */
interface WorkerScope {
  onmessage: ((event: MessageEvent<AdjustRequest>) => void) | null
  postMessage(answer: AdjustAnswer, transfer?: Transferable[]): void
}
const scope = globalThis as unknown as WorkerScope

scope.onmessage = async ({ data }) => {
  const { ticket, source, tone } = data
  try {
    const bitmap = await adjusted(source, tone)
    scope.postMessage({ ticket, bitmap }, [bitmap])
  } catch (error) {
    const problem = error instanceof Error ? error.message : String(error)
    scope.postMessage({ ticket, problem })
  }
}

function adjusted(source: ImageBitmap | ArrayBuffer, tone: Tone): Promise<ImageBitmap> {
  const pixels =
    source instanceof ArrayBuffer
      ? windowed(readDeep(source), tone.window ?? { low: null, high: null })
      : pixelsOf(source)
  if (tone.equalize === 'global') equalize(pixels)
  if (tone.equalize === 'clahe') clahe(pixels, tone.claheClip)
  const { width, height, data } = pixels
  return createImageBitmap(new ImageData(data as Uint8ClampedArray<ArrayBuffer>, width, height))
}

function pixelsOf(bitmap: ImageBitmap): Pixels {
  const { width, height } = bitmap
  const context = new OffscreenCanvas(width, height).getContext('2d', { willReadFrequently: true })
  if (!context) throw new Error('this browser gave no canvas for the picture')
  context.drawImage(bitmap, 0, 0)
  bitmap.close()
  return { width, height, data: context.getImageData(0, 0, width, height).data }
}
