/**
 * Reads answers of functions. A mask of a large picture, or the states of a tracker, are megabytes of numbers as text: they are read
 * on a thread of their own, so that the screen is answered meanwhile. Short ones are read here, which is quicker than sending them.
 */
import type { Worker } from 'node:worker_threads'
import { startWorker } from '../../../threads.ts'
import { AnswerProblem } from '../transport/json-answer.ts'
import type { FromReader, ToReader } from './answer-worker.ts'
import { type Answers, type Questions, readAnswer } from './read-answer.ts'

/** In a checkout Node runs the TypeScript itself; a bundle has `answer-worker.js` beside it. */
const WORKER_URL = new URL(
  import.meta.url.endsWith('.ts') ? './answer-worker.ts' : './answer-worker.js',
  import.meta.url,
)

/** Takes about two milliseconds to read. */
const SHORT_BYTES = 128 * 1024

export interface Reader {
  /** @throws AnswerProblem */
  read<K extends keyof Questions>(
    kind: K,
    question: Questions[K],
    bytes: Uint8Array,
  ): Promise<Answers[K]>
  close(): Promise<void>
}

interface Waiting {
  readonly resolve: (answer: never) => void
  readonly reject: (problem: AnswerProblem) => void
}

/** @param shortBytes  answers of at most so many bytes are read here */
export function createReader(shortBytes = SHORT_BYTES): Reader {
  const waiting = new Map<number, Waiting>()
  let worker: Worker | undefined
  let last = 0

  function thread(): Worker {
    if (worker) return worker
    // No native code runs in it, so it may be terminated (see threads.ts).
    const started = startWorker(WORKER_URL)
    started.unref()
    started.on('message', hear)
    const lose = (problem: string) => {
      if (worker !== started) return
      worker = undefined
      for (const { reject } of waiting.values()) reject(new AnswerProblem('', problem))
      waiting.clear()
    }
    started.on('error', () => lose('reading it takes more memory than there is'))
    started.on('exit', () => lose('it was not read to the end'))
    worker = started
    return started
  }

  function hear(message: FromReader): void {
    const asked = waiting.get(message.ticket)
    waiting.delete(message.ticket)
    if ('answer' in message) asked?.resolve(message.answer as never)
    else asked?.reject(new AnswerProblem(message.where, message.problem))
  }

  return {
    async read(kind, question, bytes) {
      if (bytes.byteLength <= shortBytes) return readAnswer(kind, question, bytes)
      const ticket = ++last
      return new Promise((resolve, reject) => {
        waiting.set(ticket, { resolve, reject })
        // A copy of its own memory, which can be handed over; what HTTP gave may be a part of something larger.
        const own = new Uint8Array(bytes)
        const message: ToReader = { ticket, kind, question, bytes: own }
        thread().postMessage(message, [own.buffer])
      })
    },
    async close() {
      await worker?.terminate()
    },
  }
}
