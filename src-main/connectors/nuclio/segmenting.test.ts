/** Functions that answer with embeddings: how often they are asked, and what is kept. */
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { EmbeddingDecoder, ForeignEmbedding, InteractorPrompt } from '#main/core/ports.ts'
import { functionIdSchema } from '#shared/domain/function.ts'
import { connectionTo, type NuclioBench, nuclioBench, pictureOf } from './testing/nuclio-bench.ts'
import { type StandInDashboard, send, standInDashboard } from './testing/stand-in-dashboard.ts'

const id = functionIdSchema.parse('nuclio/lab/sam')
const prompt: InteractorPrompt = {
  ...{ positive: [[5, 6]], negative: [], box: null, region: null, previous: null, parameters: {} },
}
const NUMBERS = Float32Array.from({ length: 32 }, (_, at) => at)
const blob = Buffer.from(NUMBERS.buffer).toString('base64')
const found = { mask: [0, 4, 3, 5, 4, 6], outline: null, score: 0.5, token: 'next' }

let bench: NuclioBench
let dashboard: StandInDashboard
let decoded: { embedding: ForeignEmbedding; prompt: object; call: object }[]
/** What the function does with its nth call. */
let answer: (nth: number) => unknown | Promise<unknown>

beforeEach(async () => {
  decoded = []
  answer = () => ({ blob })
  const decoder: EmbeddingDecoder = {
    list: async () => ['mine'],
    async decode(embedding, asked, call) {
      decoded.push({ embedding, prompt: asked, call })
      return found
    },
  }
  dashboard = await standInDashboard({
    sam: {
      annotations: { type: 'interactor', version: 2, startswith_box_optional: 'true' },
      // Two at a time: what nobody wants any more must not be what another waits for.
      trigger: { maxWorkers: 2 },
      answer: (_body, _call, response) =>
        void Promise.resolve(answer(dashboard.calls.length)).then((said) => {
          if (!response.destroyed) send(response, 200, said)
        }),
    },
  })
  bench = await nuclioBench({ decoder })
  await bench.connections.save(connectionTo(dashboard.url))
})
afterEach(async () => {
  await bench.close()
  await dashboard.close()
})
const at = (width: number) => pictureOf(width, 100)
const ask = (width = 200, more: Partial<InteractorPrompt> = {}, signal?: AbortSignal) =>
  bench.provider.interact(id, at(width), { ...prompt, ...more }, signal ? { signal } : {})
const prepare = (width: number, lane: 'now' | 'batch' = 'now', signal?: AbortSignal) =>
  bench.provider.prepare(id, at(width), { lane, ...(signal && { signal }) })
const calls = () => dashboard.calls.length
const called = (count: number) => expect.poll(calls).toBe(count)

test('the embedding is asked for once, the decoder at every click', async () => {
  expect(await ask()).toEqual(found)
  await ask(200, { box: [1, 2, 3, 4], previous: 'next', parameters: { decoder: 'mine' } })
  expect(calls()).toBe(1)
  const [first, second] = decoded
  expect([...(first?.embedding.data ?? [])]).toEqual([...NUMBERS])
  expect(first?.embedding.picture).toEqual({ width: 200, height: 100 })
  expect(second?.embedding.key).toBe(first?.embedding.key)
  expect(first?.call).toMatchObject({ model: null })
  expect(second).toMatchObject({
    ...{ prompt: { box: [1, 2, 3, 4], previous: 'next' }, call: { model: 'mine' } },
  })
})

test('nothing is sent ahead to a function nobody has asked yet', async () => {
  await prepare(300)
  expect(calls()).toBe(0)
  expect((await bench.provider.list())[0]).toMatchObject({ prompts: { preparable: false } })
  await ask()
  expect((await bench.provider.list())[0]).toMatchObject({
    ...{ prompts: { preparable: true }, parameters: [{ name: 'box' }, { name: 'decoder' }] },
  })
  await prepare(300)
  await ask(300)
  expect(calls()).toBe(2)
})

test('who clicks while it is on its way waits for the same one', async () => {
  await ask()
  let give: (said: unknown) => void = () => undefined
  answer = () => new Promise((resolve) => (give = resolve))
  const leaving = new AbortController()
  const all = [prepare(300), ask(300), ask(300, {}, leaving.signal)]
  await called(2)
  leaving.abort()
  await expect(all[2]).rejects.toMatchObject({ code: 'CANCELLED' })
  give({ blob })
  await Promise.all(all.slice(0, 2))
  expect(calls()).toBe(2)
})

test('what nobody clicked on is given up when the next picture is prepared', async () => {
  await ask()
  answer = (nth) => (nth === 2 ? new Promise(() => undefined) : { blob })
  const old = prepare(300)
  await called(2)
  await Promise.all([expect(old).rejects.toMatchObject({ code: 'CANCELLED' }), prepare(400)])
  // And can be asked for again.
  await ask(300)
  expect(calls()).toBe(4)
})

test('made for later, it is given up with whoever wanted it', async () => {
  await ask()
  answer = () => new Promise(() => undefined)
  const leaving = new AbortController()
  const ahead = prepare(300, 'batch', leaving.signal)
  await called(2)
  leaving.abort()
  await expect(ahead).rejects.toMatchObject({ code: 'CANCELLED' })
  answer = () => ({ blob })
  expect(await ask(300)).toEqual(found)
})

test('as many are kept as CVAT keeps', async () => {
  for (let width = 1; width <= 33; width++) await ask(width)
  await ask(2)
  expect(calls()).toBe(33)
  await ask(1)
  expect(calls()).toBe(34)
})

describe('the function may change', () => {
  test('and answer with masks from now on', async () => {
    await ask()
    const mask = Array.from({ length: 4 }, () => [1, 1, 1, 1])
    answer = () => ({ mask })
    expect(await ask(300)).toMatchObject({ mask: [0, 16, 0, 0, 3, 3], token: null })
    expect((await bench.provider.list())[0]).toMatchObject({ prompts: { preparable: false } })
    await prepare(400)
    expect(calls()).toBe(3)
  })

  test('or fail: its words are said, and the next click asks again', async () => {
    await ask()
    answer = () => ({ blob: 'AAAA' })
    await expect(ask(300)).rejects.toMatchObject({
      ...{ code: 'FUNCTION_ANSWER_INVALID', message: expect.stringContaining('blob') as string },
    })
    answer = () => ({ blob })
    expect(await ask(300)).toEqual(found)
  })

  test('when its container is another one, so is the embedding', async () => {
    await ask()
    await dashboard.restart('sam')
    // Listed anew: its port is another one.
    await bench.connections.save(connectionTo(dashboard.url, { timeoutSeconds: 6 }))
    await ask()
    expect(calls()).toBe(2)
  })
})
