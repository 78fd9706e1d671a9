import { expect, test } from 'vitest'
import { defaultSettings } from '../settings-schema.ts'
import type { PictureAnswer, PictureRequest } from './picture-messages.ts'
import { type PictureThread, PictureWorkers } from './picture-workers.ts'

/** A thread whose answers the test gives by hand. */
class FakeThread implements PictureThread {
  onmessage: ((event: { data: PictureAnswer }) => void) | null = null
  readonly asked: PictureRequest[] = []
  postMessage(request: PictureRequest): void {
    this.asked.push(request)
  }
  terminate(): void {}
  answer(answer: PictureAnswer): void {
    this.onmessage?.({ data: answer })
  }
}

function makeWorkers() {
  const threads: FakeThread[] = []
  const workers = new PictureWorkers(() => {
    const thread = new FakeThread()
    threads.push(thread)
    return thread
  })
  const load = (frame: number, signal = new AbortController().signal) =>
    workers.load({ url: `/frames/1/${frame}`, frame, tone: defaultSettings.tone }, signal)
  return { workers, threads, load }
}

function ready(ticket: number) {
  const bitmap = { closed: false, close: () => Object.assign(bitmap, { closed: true }) }
  const answer: PictureAnswer = {
    ...{ ticket, kind: 'ready', width: 1920, height: 1080, exact: true },
    bitmap: bitmap as unknown as ImageBitmap,
  }
  return { bitmap, answer }
}

test('two threads share the work', async () => {
  const { threads, load } = makeWorkers()
  void load(1)
  void load(2)
  void load(3)
  expect(threads.map(({ asked }) => asked.length)).toEqual([2, 1])
})

test('hands on the picture', async () => {
  const { threads, load } = makeWorkers()
  const picture = load(1)
  const { bitmap, answer } = ready(1)
  threads[0]?.answer(answer)
  await expect(picture).resolves.toMatchObject({ kind: 'ready', width: 1920, exact: true, bitmap })
})

test('a cancelled load tells the thread, and closes what comes all the same', async () => {
  const { threads, load } = makeWorkers()
  const abort = new AbortController()
  const picture = load(1, abort.signal)
  abort.abort()
  await expect(picture).rejects.toMatchObject({ name: 'AbortError' })
  expect(threads[0]?.asked.at(-1)).toEqual({ kind: 'cancel', ticket: 1 })
  const { bitmap, answer } = ready(1)
  threads[0]?.answer(answer)
  expect(bitmap.closed).toBe(true)
})

test.each<[string, PictureAnswer, object]>([
  [
    'what the core said',
    {
      ...{ ticket: 1, kind: 'refused', status: '409 Conflict' },
      body: { error: { code: 'FRAME_MISSING', message: 'gone', remedy: 'relink' } },
    },
    { code: 'FRAME_MISSING', message: 'gone' },
  ],
  [
    'the status where there is no body',
    { ticket: 1, kind: 'refused', status: '500 Oh', body: null },
    { message: '500 Oh' },
  ],
  [
    'a picture that makes no sense',
    { ticket: 1, kind: 'unreadable', problem: 'cut short' },
    { code: 'IMAGE_UNREADABLE' },
  ],
])('a problem: %s', async (_name, answer, problem) => {
  const { threads, load } = makeWorkers()
  const picture = load(1)
  threads[0]?.answer(answer)
  await expect(picture).resolves.toMatchObject({ kind: 'problem', problem })
})

test('a core that is away rejects, so that nothing is kept', async () => {
  const { threads, load } = makeWorkers()
  const picture = load(1)
  threads[0]?.answer({ ticket: 1, kind: 'unreachable', problem: 'fetch failed' })
  await expect(picture).rejects.toThrow(TypeError)
})

test('closing ends every wait', async () => {
  const { workers, load } = makeWorkers()
  const pictures = [load(1), load(2)]
  workers.close()
  for (const picture of pictures)
    await expect(picture).rejects.toMatchObject({ name: 'AbortError' })
})
