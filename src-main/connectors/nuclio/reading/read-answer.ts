import type { FoundShape, InteractorAnswer } from '#main/core/ports.ts'
import type { ShapeType } from '#shared/domain/annotation.ts'
import type { Detection } from '#shared/domain/detection.ts'
import type { FunctionLabel } from '#shared/domain/function.ts'
import type { PictureSize } from '#shared/functions/clip.ts'
import { jsonAnswer } from '../transport/json-answer.ts'
import { readDetections } from '../wire/detector.ts'
import { readInteraction, type SentEmbedding } from '../wire/interactor.ts'
import { readMatches } from '../wire/reid.ts'
import { readBegun, readTracked } from '../wire/tracker.ts'

/** What must be known to read each kind of answer. */
export interface Questions {
  detect: { readonly labels: readonly FunctionLabel[]; readonly size: PictureSize }
  interact: { readonly size: PictureSize }
  begin: { readonly count: number }
  update: { readonly types: readonly ShapeType[] }
  match: { readonly count: number; readonly most: number }
}

/** What comes of it. */
export interface Answers {
  detect: Detection[]
  interact: InteractorAnswer | SentEmbedding
  begin: string[]
  update: { readonly shapes: (FoundShape | null)[]; readonly states: string[] }
  match: number[]
}

const READERS: { [K in keyof Questions]: (answer: unknown, question: Questions[K]) => Answers[K] } =
  {
    detect: (answer, { labels, size }) => readDetections(answer, labels, size),
    interact: (answer, { size }) => readInteraction(answer, size),
    begin: (answer, { count }) => readBegun(answer, count),
    update: (answer, { types }) => readTracked(answer, types),
    match: (answer, { count, most }) => readMatches(answer, count, most),
  }

/** @throws AnswerProblem */
export function readAnswer<K extends keyof Questions>(
  kind: K,
  question: Questions[K],
  bytes: Uint8Array,
): Answers[K] {
  return READERS[kind](jsonAnswer(bytes), question)
}
