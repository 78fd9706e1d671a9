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
import type { FunctionId } from '#shared/domain/function.ts'
import { AppError } from '#shared/errors/app-error.ts'
import type { PictureSize } from '#shared/functions/clip.ts'
import type { BoxForm } from '#shared/functions/nuclio/nuclio-function.ts'
import type { Callee, Calls } from './calls.ts'
import type { Answers, Questions } from './reading/read-answer.ts'
import type { Reader } from './reading/reader.ts'
import { AnswerProblem } from './transport/json-answer.ts'
import { detectorBody } from './wire/detector.ts'
import { interactorBody, type SentEmbedding } from './wire/interactor.ts'
import { reidBody } from './wire/reid.ts'

export const MOST_ANSWER_BYTES = 64 * 2 ** 20

/** What questions are asked with. */
export interface Asking {
  readonly calls: Calls
  readonly reader: Reader
  /** How functions that say nothing of it turned out to take boxes. */
  readonly boxForms: Map<FunctionId, BoxForm>
}

/** @throws FUNCTION_*, CONNECTION_*, CANCELLED; what the picture throws */
export async function askDetector(
  { calls, reader }: Asking,
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
  return reading(reader, callee, 'detect', { labels, size: pictureSize(bytes) }, answer)
}

/** An embedding, and the size of the picture it was made of; not finite where its header does not tell. */
export interface AnsweredEmbedding extends SentEmbedding {
  readonly size: PictureSize
}

/** @throws as `askDetector` */
export async function askInteractor(
  asking: Asking,
  callee: Callee,
  picture: FunctionPicture,
  prompt: InteractorPrompt,
  call: FunctionCall,
): Promise<InteractorAnswer | AnsweredEmbedding> {
  const { bytes } = await picture.encoded(call.signal)
  const answer = await inForm(asking, callee, prompt, (form) =>
    asking.calls.make(callee, {
      ...call,
      what: whatFor('segment', callee, picture),
      body: interactorBody(bytes, prompt, form),
      mostAnswerBytes: MOST_ANSWER_BYTES,
    }),
  )
  const size = pictureSize(bytes)
  const found = await reading(asking.reader, callee, 'interact', { size }, answer)
  return 'embedding' in found ? { ...found, size } : found
}

/**
 * Boxes are nested lists to CVAT and flat ones to some functions, and few say which. One that fails over a box of the one form is
 * asked once with the other; what it takes is remembered.
 */
async function inForm<T>(
  { boxForms }: Asking,
  { id, listed }: Callee,
  { box, parameters }: InteractorPrompt,
  ask: (form: BoxForm) => Promise<T>,
): Promise<T> {
  const chosen = parameters.box
  const said = chosen === 'flat' || chosen === 'nested' ? chosen : listed.function.boxForm
  const known = said ?? boxForms.get(id)
  if (known !== undefined || box === null) return ask(known ?? 'nested')
  try {
    const answer = await ask('nested')
    boxForms.set(id, 'nested')
    return answer
  } catch (error) {
    if (!(error instanceof AppError) || error.code !== 'FUNCTION_FAILED') throw error
    const answer = await ask('flat').catch(() => {
      throw error
    })
    boxForms.set(id, 'flat')
    return answer
  }
}

/** @throws as `askDetector` */
export async function askReid(
  { calls, reader }: Asking,
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
  const counts = { count: boxes0.length, most: boxes1.length }
  return reading(reader, callee, 'match', counts, answer)
}

/** "detect with YOLO v7, frame 12, street/0012.jpg" */
export function whatFor(verb: string, { listed }: Callee, picture: FunctionPicture): string {
  return `${verb} with ${listed.function.title}, ${picture.what ?? 'a picture'}`
}

/** What an answer says; what of it does not fit, as an error that names the function. @throws FUNCTION_ANSWER_INVALID */
export async function reading<K extends keyof Questions>(
  reader: Reader,
  { id }: Callee,
  kind: K,
  question: Questions[K],
  answer: Uint8Array,
): Promise<Answers[K]> {
  try {
    return await reader.read(kind, question, answer)
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
