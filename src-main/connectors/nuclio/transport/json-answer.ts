import { isPage, pageWords } from './words.ts'

/** An answer that is not what was asked for: where in it, and what is wrong, clauses without a full stop. */
export class AnswerProblem extends Error {
  override readonly name = 'AnswerProblem'
  readonly where: string
  readonly problem: string

  constructor(where: string, problem: string) {
    super(problem)
    this.where = where
    this.problem = problem
  }
}

/** The value an answer holds, whatever content type it claims. @throws AnswerProblem */
export function jsonAnswer(bytes: Uint8Array): unknown {
  if (bytes.byteLength === 0) throw new AnswerProblem('', 'it is empty')
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
    .toString('utf8')
    .replace(/^\uFEFF/, '')
  try {
    return JSON.parse(text)
  } catch (error) {
    throw new AnswerProblem('', whyNoJson(text, error))
  }
}

/** A part of an answer as text again. What can be read need not be writable: lists in lists without end. @throws AnswerProblem */
export function jsonText(value: unknown, where: string): string {
  try {
    return JSON.stringify(value)
  } catch {
    throw new AnswerProblem(where, 'it is nested too deep')
  }
}

function whyNoJson(text: string, error: unknown): string {
  const head = text.slice(0, 20_000)
  if (isPage(head)) return `it is ${pageWords(head)}, not JSON`
  // Python writes what JSON does not know.
  const stranger = /(?<=[[,:\s])(NaN|-?Infinity)(?=[\],}\s])/.exec(text)?.[0]
  if (stranger !== undefined) return `it holds ${stranger} where JSON has numbers`
  const message = error instanceof Error ? error.message : ''
  const isCut = /^\s*[[{]/.test(head) && /end of (JSON )?input|Unterminated|Expected/.test(message)
  if (isCut && !/[\]}]\s*$/.test(text.slice(-200)))
    return `it is JSON that ends in the middle, after ${text.length} characters`
  return 'it is no JSON'
}
