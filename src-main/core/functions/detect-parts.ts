/** A detector asked of a part of a picture, or of tiles of it, with its answer brought back to the whole picture. */
import type { Tiles } from '#shared/contract/functions.ts'
import type { Detection } from '#shared/domain/detection.ts'
import type { FunctionId, ParameterValues } from '#shared/domain/function.ts'
import { mergeTiles, type TileAnswer } from '#shared/functions/merge-tiles.ts'
import { shifted } from '#shared/functions/shifted.ts'
import { tilesOf } from '#shared/functions/tile-layout.ts'
import type {
  FrameReader,
  FunctionCall,
  FunctionPicture,
  Functions,
  PictureRegion,
} from '../ports.ts'
import { type PixelRegion, picturePart, pixelRegion } from './picture-part.ts'

/** Tiles asked for at once: one is worked on while the next is cut. */
const AT_ONCE = 2

export interface PartsRun {
  readonly functionId: FunctionId
  readonly parameters: ParameterValues
  readonly region: PictureRegion | null
  readonly tiles: Tiles | null
}

export interface PartsDeps {
  readonly functions: Pick<Functions, 'detect'>
  readonly reader: Pick<FrameReader, 'encode'>
}

/**
 * @returns detections of the whole picture's coordinates; with tiles each object once, see merge-tiles.ts
 * @throws INPUT_INVALID for a region outside the picture; whatever picture or detector throw
 */
export async function detectOn(
  deps: PartsDeps,
  picture: FunctionPicture,
  { functionId, parameters, region, tiles }: PartsRun,
  call: FunctionCall,
): Promise<Detection[]> {
  const options = { ...call, parameters }
  if (region === null && tiles === null) return deps.functions.detect(functionId, picture, options)
  const area = pixelRegion(region, await picture.pixels(call.signal))
  const ask = async (tile: PixelRegion): Promise<TileAnswer> => {
    call.signal?.throwIfAborted()
    const part = picturePart(picture, tile, deps.reader)
    const found = await deps.functions.detect(functionId, part, options)
    return { tile, detections: found.map((one) => shifted(one, tile.left, tile.top)) }
  }
  if (tiles === null) return [...(await ask(area)).detections]
  const parts = tilesOf(area, tiles)
  // A single tile is the whole area already.
  if (tiles.whole && parts.length > 1) parts.push(area)
  return mergeTiles(await inOrder(parts, ask), area)
}

/** Answers in the order of the questions, of which only a few are open at any time. The first that fails ends all. */
async function inOrder<T, R>(items: readonly T[], ask: (item: T) => Promise<R>): Promise<R[]> {
  const answers = new Array<R>(items.length)
  let next = 0
  const work = async () => {
    try {
      for (let at = next++; at < items.length; at = next++) {
        const item = items[at]
        if (item !== undefined) answers[at] = await ask(item)
      }
    } catch (error) {
      next = items.length
      throw error
    }
  }
  await Promise.all(Array.from({ length: AT_ONCE }, work))
  return answers
}
