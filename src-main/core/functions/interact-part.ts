/** An interactor asked of a part of a picture, for small objects, with its answer brought back to the whole picture. */
import type { FunctionId } from '#shared/domain/function.ts'
import type {
  FrameReader,
  FunctionCall,
  FunctionPicture,
  Functions,
  InteractorAnswer,
  InteractorPrompt,
  PictureRegion,
} from '../ports.ts'
import { type PixelRegion, picturePart, pixelRegion } from './picture-part.ts'

export interface InteractDeps {
  readonly functions: Pick<Functions, 'interact'>
  readonly reader: Pick<FrameReader, 'encode'>
}

/**
 * @returns a function that asks, and remembers the part that was asked for last: clicks on one object follow each other,
 * and each would decode the whole picture for it
 * @throws INPUT_INVALID for a region outside the picture; whatever picture or interactor throw
 */
export function createInteract({ functions, reader }: InteractDeps) {
  let last: { name: string; part: FunctionPicture; area: PixelRegion } | undefined

  async function partOf(whole: FunctionPicture, region: PictureRegion, signal?: AbortSignal) {
    const name = JSON.stringify([whole.key, region])
    if (last?.name !== name) {
      const area = pixelRegion(region, await whole.pixels(signal))
      last = { name, area, part: picturePart(whole, area, reader) }
    }
    return last
  }

  return async (
    id: FunctionId,
    picture: FunctionPicture,
    prompt: InteractorPrompt,
    call: FunctionCall,
  ): Promise<InteractorAnswer> => {
    const { region } = prompt
    if (region === null) return functions.interact(id, picture, prompt, call)
    const { part, area } = await partOf(picture, region, call.signal)
    const answer = await functions.interact(id, part, movedPrompt(prompt, area), call)
    return movedAnswer(answer, area)
  }
}

function movedPrompt(prompt: InteractorPrompt, { left, top }: PixelRegion): InteractorPrompt {
  const moved = ([x, y]: readonly [number, number]) => [x - left, y - top] as const
  const { box } = prompt
  return {
    ...prompt,
    positive: prompt.positive.map(moved),
    negative: prompt.negative.map(moved),
    box: box && [...moved([box[0], box[1]]), ...moved([box[2], box[3]])],
    region: null,
  }
}

/** Runs of a mask stay; the box they count in moves. */
function movedAnswer(answer: InteractorAnswer, { left, top }: PixelRegion): InteractorAnswer {
  const moved = (points: readonly number[], from: number) =>
    points.map((value, at) => (at < from ? value : value + ((at - from) % 2 === 0 ? left : top)))
  const { mask, outline } = answer
  return {
    ...answer,
    mask: mask && moved(mask, mask.length - 4),
    outline: outline && moved(outline, 0),
  }
}
