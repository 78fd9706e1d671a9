/** The thread that reads long answers. See reader.ts. */
import { parentPort } from 'node:worker_threads'
import { AnswerProblem } from '../transport/json-answer.ts'
import { type Questions, readAnswer } from './read-answer.ts'

export interface ToReader {
  readonly ticket: number
  readonly kind: keyof Questions
  readonly question: Questions[keyof Questions]
  readonly bytes: Uint8Array
}

export type FromReader =
  | { readonly ticket: number; readonly answer: unknown }
  | { readonly ticket: number; readonly where: string; readonly problem: string }

parentPort?.on('message', ({ ticket, kind, question, bytes }: ToReader) => {
  parentPort?.postMessage(read(ticket, () => readAnswer(kind, question as never, bytes)))
})

function read(ticket: number, work: () => unknown): FromReader {
  try {
    return { ticket, answer: work() }
  } catch (error) {
    if (error instanceof AnswerProblem)
      return { ticket, where: error.where, problem: error.problem }
    const problem = error instanceof Error ? error.message : String(error)
    return { ticket, where: '', problem }
  }
}
