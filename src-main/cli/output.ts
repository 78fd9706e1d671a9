import type { ErrorBody } from '#shared/domain/request.ts'

export interface Streams {
  out(text: string): void
  err(text: string): void
  /** True when stderr is a terminal: progress may then rewrite its line. */
  readonly interactive: boolean
}

/** What a command says, and where: results on stdout, everything else on stderr. */
export interface Output {
  /** The command's one answer: `document` with --json, else the lines of `human`. */
  result(document: unknown, human: () => string): void
  /** A piece of an answer too long to be held whole. The caller sees to it that --json's pieces make one document. */
  part(text: string): void
  /** A remark on stderr; silent with --quiet. */
  note(text: string): void
  /** Something the person must know even with --quiet. */
  warn(text: string): void
  progress(text: string): void
  /** Ends a progress line, so that what follows starts on its own. */
  endProgress(): void
  failure(body: ErrorBody): void
}

/** Lines that are not rewritten appear at most this often, so that a log of a long import stays readable. */
const PLAIN_PROGRESS_MS = 2000

export function createOutput(
  streams: Streams,
  { json, quiet }: { json: boolean; quiet: boolean },
): Output {
  let lineOpen = false
  let lastPlain = 0
  const endProgress = () => {
    if (lineOpen) streams.err('\n')
    lineOpen = false
  }
  const say = (text: string) => {
    endProgress()
    streams.err(`${text}\n`)
  }
  return {
    result(document, human) {
      endProgress()
      const text = json ? JSON.stringify(document) : human()
      if (text !== '') streams.out(`${text}\n`)
    },
    part(text) {
      endProgress()
      streams.out(text)
    },
    note: (text) => {
      if (!quiet) say(text)
    },
    warn: say,
    progress(text) {
      if (quiet) return
      if (streams.interactive) {
        streams.err(`\r\x1b[2K${text}`)
        lineOpen = true
      } else if (Date.now() - lastPlain >= PLAIN_PROGRESS_MS) {
        lastPlain = Date.now()
        say(text)
      }
    },
    endProgress,
    failure(body) {
      say(`${body.message}\n${body.remedy}`)
      if (json) streams.out(`${JSON.stringify({ error: body })}\n`)
    },
  }
}
