import { parseRawLabels } from '#shared/domain/parse-raw-labels.ts'
import type { RawLabel } from '#shared/domain/raw-label.ts'
import { AppError } from '#shared/errors/app-error.ts'

export type RawText =
  | { readonly labels: RawLabel[]; readonly problem: null }
  | { readonly labels: null; readonly problem: TextProblem }

/** What is wrong with the text, and where: a line (from 1) when it is not JSON at all, else the path in the message. */
export interface TextProblem {
  readonly message: string
  readonly remedy: string
  readonly line: number | null
}

/** The raw editor's text as labels, or what is wrong with it. An empty text means no labels. */
export function readRawText(text: string): RawText {
  if (text.trim() === '') return { labels: [], problem: null }
  let json: unknown
  try {
    json = JSON.parse(text)
  } catch (error) {
    return { labels: null, problem: syntaxProblem(text, error) }
  }
  try {
    return { labels: parseRawLabels(json), problem: null }
  } catch (error) {
    if (!(error instanceof AppError)) throw error
    return { labels: null, problem: { message: error.message, remedy: error.remedy, line: null } }
  }
}

/** Labels as the raw editor shows them: one attribute a line would be too long, so it is plain indented JSON. */
export function writeRawText(labels: readonly RawLabel[]): string {
  return labels.length === 0 ? '[]' : JSON.stringify(labels, null, 2)
}

function syntaxProblem(text: string, error: unknown): TextProblem {
  const message = error instanceof Error ? error.message : String(error)
  const position = /position (\d+)/.exec(message)?.[1]
  // V8 gives no position when the text simply ends too soon.
  const at = position === undefined ? text.length : Number(position)
  const line = text.slice(0, at).split('\n').length
  const short = message
    .replace(/\s*(in JSON )?at position.*$/s, '')
    .replace(/,? ?".*is not valid JSON$/s, '')
  return {
    message: `Line ${line}: ${short}.`,
    remedy:
      'Mend that line: JSON wants double quotes, and a comma between items but none after the last.',
    line,
  }
}
