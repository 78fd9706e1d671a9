/** Questions to functions, asked and read: from pictures to answers, one function each. */
import { imageSize } from 'image-size'
import type {
  DetectOptions,
  FunctionCall,
  FunctionPicture,
  InteractorAnswer,
  InteractorPrompt,
  ReidQuestion,
} from '#main/core/ports.ts'
import type { Detection } from '#shared/domain/detection.ts'
import { AppError } from '#shared/errors/app-error.ts'
import type { PictureSize } from '#shared/functions/clip.ts'
import type { Callee, Calls } from './calls.ts'
import { AnswerProblem, jsonAnswer } from './transport/json-answer.ts'
import { detectorBody, readDetections } from './wire/detector.ts'
import { interactorBody, readInteraction } from './wire/interactor.ts'
import { readMatches, reidBody } from './wire/reid.ts'

export const MOST_ANSWER_BYTES = 64 * 2 ** 20

/** @throws FUNCTION_*, CONNECTION_*, CANCELLED; what the picture throws */
export async function askDetector(
  calls: Calls,
  callee: Callee,
  picture: FunctionPicture,
  { parameters, ...call }: DetectOptions,
): Promise<Detection[]> {
  const { threshold } = parameters
  const { bytes } = await picture.encoded(call.signal)
  const answer = await calls.make(callee, {
    ...call,
    what: whatFor('detect', callee, picture),
    body: detectorBody(bytes, typeof threshold === 'number' ? threshold : null),
    mostAnswerBytes: MOST_ANSWER_BYTES,
  })
  const { labels } = callee.listed.function
  return reading(callee, () => readDetections(jsonAnswer(answer), labels, pictureSize(bytes)))
}

/** @throws as `askDetector`; FUNCTION_NEEDS_DECODER */
export async function askInteractor(
  calls: Calls,
  callee: Callee,
  picture: FunctionPicture,
  prompt: InteractorPrompt,
  call: FunctionCall,
): Promise<InteractorAnswer> {
  const { bytes } = await picture.encoded(call.signal)
  const { boxForm } = callee.listed.function
  const chosen = prompt.parameters.box
  const answer = await calls.make(callee, {
    ...call,
    what: whatFor('segment', callee, picture),
    body: interactorBody(
      bytes,
      prompt,
      chosen === 'flat' || chosen === 'nested' ? chosen : boxForm,
    ),
    mostAnswerBytes: MOST_ANSWER_BYTES,
  })
  const found = reading(callee, () => readInteraction(jsonAnswer(answer), pictureSize(bytes)))
  if (found === 'embedding') throw new AppError('FUNCTION_NEEDS_DECODER', { id: callee.id })
  return found
}

/** @throws as `askDetector` */
export async function askReid(
  calls: Calls,
  callee: Callee,
  { picture0, picture1, ...question }: ReidQuestion,
  call: FunctionCall,
): Promise<number[]> {
  const { boxes0, boxes1 } = question
  if (boxes0.length === 0 || boxes1.length === 0) return boxes0.map(() => -1)
  const [one, other] = await Promise.all([
    picture0.encoded(call.signal),
    picture1.encoded(call.signal),
  ])
  const answer = await calls.make(callee, {
    ...call,
    what: `${whatFor('match', callee, picture0)} and ${picture1.what ?? 'a picture'}`,
    body: reidBody(one.bytes, other.bytes, question),
    mostAnswerBytes: MOST_ANSWER_BYTES,
  })
  return reading(callee, () => readMatches(jsonAnswer(answer), boxes0.length, boxes1.length))
}

/** "detect with YOLO v7, frame 12, street/0012.jpg" */
export function whatFor(verb: string, { listed }: Callee, picture: FunctionPicture): string {
  return `${verb} with ${listed.function.title}, ${picture.what ?? 'a picture'}`
}

/** What of an answer does not fit, as an error that names the function. */
export function reading<T>({ id }: Callee, read: () => T): T {
  try {
    return read()
  } catch (error) {
    if (!(error instanceof AnswerProblem)) throw error
    const { where, problem } = error
    throw new AppError('FUNCTION_ANSWER_INVALID', { id, where, problem }, { cause: error })
  }
}

/** Of the file that was sent, which is upright; without limits where its header does not tell. */
function pictureSize(bytes: Uint8Array): PictureSize {
  try {
    const { width, height } = imageSize(bytes)
    if (width > 0 && height > 0) return { width, height }
  } catch {
    // A format nobody knows, or a header cut short: then nothing is clipped.
  }
  return { width: Number.POSITIVE_INFINITY, height: Number.POSITIVE_INFINITY }
}
