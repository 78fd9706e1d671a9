/** Worker thread entry: OpenCV lives here, so that a second of arithmetic holds nothing up. */
import { parentPort } from 'node:worker_threads'
import type { RgbPicture } from '../../core/ports.ts'
import { grabCut } from './grab-cut.ts'
import { magicWand } from './magic-wand.ts'
import { type Cv, loadOpenCv } from './opencv.ts'
import { findPeople } from './people.ts'
import type { FromOpenCv, OpenCvVerb, OpenCvVerbs, ToOpenCv } from './protocol.ts'
import { createScissors } from './scissors.ts'
import { createTrackerMil } from './tracker-mil.ts'

type Verbs = {
  readonly [V in OpenCvVerb]: (
    picture: RgbPicture,
    ask: OpenCvVerbs[V]['ask'],
    key: string,
  ) => OpenCvVerbs[V]['answer']
}

async function load(): Promise<{ cv: Cv; verbs: Verbs }> {
  const cv = await loadOpenCv()
  const mil = await createTrackerMil()
  const scissors = createScissors(cv)
  const verbs: Verbs = {
    begin: (picture, { boxes }) => mil.begin(picture, boxes),
    update: (picture, { tokens }) => mil.update(picture, tokens),
    grabCut: (picture, { prompt, parameters }) => grabCut(cv, picture, prompt, parameters),
    magicWand: (picture, { prompt, parameters }) => magicWand(cv, picture, prompt, parameters),
    findPeople: (picture, { parameters }) => findPeople(cv, picture, parameters),
    scissors: (picture, { from, to, reach }, key) => scissors(picture, key, from, to, reach),
  }
  return { cv, verbs }
}

let loading: ReturnType<typeof load> | undefined
let last: { readonly key: string; readonly picture: RgbPicture } | undefined

parentPort?.on('message', (message: ToOpenCv) => {
  void answer(message)
})

async function answer({ ticket, verb, key, picture, ask }: ToOpenCv): Promise<void> {
  const send = (reply: FromOpenCv) => parentPort?.postMessage(reply)
  if (picture) last = { key, picture }
  const seen = last?.key === key ? last.picture : undefined
  loading ??= load()
  const { cv, verbs } = await loading
  try {
    if (!seen) throw new Error('the picture was not sent')
    const run = verbs[verb] as (picture: RgbPicture, ask: unknown, key: string) => unknown
    send({ ticket, result: run(seen, ask, key) })
  } catch (error) {
    send({ ticket, problem: describe(cv, error) })
  }
}

/** What OpenCV throws is the address of its exception. */
function describe(cv: Cv, error: unknown): string {
  if (error instanceof Error) return error.message
  if (typeof error !== 'number') return String(error)
  const { msg } = (
    cv as unknown as { exceptionFromPtr(at: number): { msg: string } }
  ).exceptionFromPtr(error)
  return msg.trim()
}
