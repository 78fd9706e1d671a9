/** Interactors, trackers and ReID through a dashboard. What they say on the wire is in wire/wire.test.ts. */
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { InteractorPrompt, TrackedShape } from '#main/core/ports.ts'
import { type FunctionId, functionIdSchema } from '#shared/domain/function.ts'
import { connectionTo, type NuclioBench, nuclioBench, pictureOf } from './testing/nuclio-bench.ts'
import {
  type StandIn,
  type StandInDashboard,
  send,
  standInDashboard,
} from './testing/stand-in-dashboard.ts'

const picture = pictureOf(200, 100)
const id = (name: string): FunctionId => functionIdSchema.parse(`nuclio/lab/${name}`)
let bench: NuclioBench
let dashboard: StandInDashboard
beforeEach(async () => {
  bench = await nuclioBench({ mostStateBytes: 100 })
})
afterEach(async () => {
  await bench.close()
  await dashboard.close()
})
async function connected(name: string, one: StandIn): Promise<StandInDashboard> {
  dashboard = await standInDashboard({ [name]: one })
  await bench.connections.save(connectionTo(dashboard.url))
  return dashboard
}

describe('an interactor', () => {
  const clicks = (answer: StandIn['answer'], more: object = {}): StandIn => ({
    annotations: { type: 'interactor', version: 2, min_neg_points: 0, ...more },
    answer,
  })
  const prompt: InteractorPrompt = {
    positive: [[5, 6]],
    negative: [],
    box: [1, 2, 30, 40],
    region: null,
    previous: null,
    parameters: {},
  }
  const ask = (more: Partial<InteractorPrompt> = {}) =>
    bench.provider.interact(id('clicks'), picture, { ...prompt, ...more }, {})

  test('gets the clicks and gives a mask', async () => {
    const mask = [
      [0, 255, 255, 255],
      [0, 255, 255, 255],
      [0, 255, 255, 255],
    ]
    const { calls } = await connected(
      'clicks',
      clicks(() => ({ mask, bounds: [4, 5, 7, 7] })),
    )
    expect(await ask()).toMatchObject({ mask: [0, 9, 5, 5, 7, 7], outline: null, token: null })
    expect(calls[0]?.body).toMatchObject({
      pos_points: [[5, 6]],
      neg_points: [],
      obj_bbox: [
        [1, 2],
        [30, 40],
      ],
    })
    await ask({ parameters: { box: 'flat' } })
    await ask({ box: null })
    expect(calls.slice(1).map(({ body }) => body.obj_bbox)).toEqual([[1, 2, 30, 40], null])
  })

  test('that takes flat boxes says so once', async () => {
    const made = clicks(() => [], { startswith_box_optional: 'true', box_format: 'flat' })
    const { calls } = await connected('clicks', made)
    expect((await bench.provider.list())[0]).toMatchObject({
      prompts: { box: 'optional', minNegative: 0 },
      parameters: [{ name: 'box', defaultValue: 'flat' }],
    })
    await ask()
    expect(calls[0]?.body.obj_bbox).toEqual([1, 2, 30, 40])
  })

  test('that fails over the usual form of a box is asked with the other, once', async () => {
    const { calls } = await connected(
      'clicks',
      clicks(
        (body, _c, response) => {
          const box = body.obj_bbox as unknown[] | null
          if (!Array.isArray(box?.[0])) return []
          return void send(response, 500, { error: 'a number was expected' })
        },
        { startswith_box_optional: 'true' },
      ),
    )
    await ask()
    await ask()
    expect(calls.map(({ body }) => body.obj_bbox)).toEqual([
      [
        [1, 2],
        [30, 40],
      ],
      [1, 2, 30, 40],
      [1, 2, 30, 40],
    ])
    expect(
      await ask({ parameters: { box: 'nested' } }).catch((error: Error) => error.message),
    ).toBe('nuclio/lab/clicks failed: 500, a number was expected.')
  })

  test('that fails anyway is asked twice, and its first words are said', async () => {
    let left = 2
    await connected(
      'clicks',
      clicks((_b, _c, response) => void send(response, 500, `failure ${left--}`)),
    )
    await expect(ask()).rejects.toThrow('500, failure 2')
    expect(left).toBe(0)
  })

  test('that answers with an embedding needs more than it is', async () => {
    await connected(
      'clicks',
      clicks(() => ({ blob: Buffer.from(new Float32Array(32).buffer).toString('base64') })),
    )
    await expect(ask()).rejects.toMatchObject({
      code: 'FUNCTION_NEEDS_DECODER',
      message: expect.stringContaining('32 numbers') as string,
    })
  })
})

describe('a tracker', () => {
  const box = (x: number): TrackedShape => ({
    type: 'rectangle',
    points: [x, 10, x + 20, 30],
    rotation: 0,
  })
  /** Moves everything by its step; the state is where it was. Loses what is told to be lost. */
  const mover: StandIn = {
    annotations: { type: 'tracker', supported_shape_types: 'rectangle' },
    answer(body) {
      const states = body.states as { x: number; long?: string }[]
      const shapes = body.shapes as ({ points: number[] } | null)[]
      const known =
        states.length > 0 ? states.map(({ x }) => x + 5) : shapes.map((one) => one?.points[0] ?? 0)
      return {
        shapes: known.map((x) =>
          x > 100 ? null : { type: 'rectangle', points: [x, 10, x + 20, 30] },
        ),
        states: known.map((x) => ({ x })),
      }
    },
  }
  const begin = (...shapes: TrackedShape[]) =>
    bench.provider.begin(id('mover'), picture, shapes, {})
  const update = (...tokens: string[]) => bench.provider.update(id('mover'), picture, tokens, {})

  test('learns, goes on from what it remembers, and loses', async () => {
    const { calls } = await connected('mover', mover)
    const tokens = await begin(box(1), box(94))
    expect(tokens).toHaveLength(2)
    expect(await update(...tokens)).toMatchObject([{ points: [6, 10, 26, 30] }, { score: null }])
    expect(await update(...tokens)).toMatchObject([{ points: [11, 10, 31, 30] }, null])
    expect(calls.map(({ body }) => body.states)).toEqual([
      [],
      [{ x: 1 }, { x: 94 }],
      [{ x: 6 }, { x: 99 }],
    ])
    expect(calls[2]?.body.shapes).toEqual([null, null])
  })

  test('does not know what it never learnt, nor what others have', async () => {
    const { calls } = await connected('mover', mover)
    const [token = ''] = await begin(box(1))
    expect(await update('nobody', token)).toMatchObject([undefined, { type: 'rectangle' }])
    expect(calls[1]?.body.states).toHaveLength(1)
    expect(await update('nobody')).toEqual([undefined])
    expect(calls).toHaveLength(2)
  })

  test('forgets the oldest when it has too much to remember', async () => {
    await connected('mover', {
      ...mover,
      answer: (body) => ({
        shapes: body.shapes,
        states: (body.shapes as unknown[]).map(() => 'x'.repeat(60)),
      }),
    })
    const [old = ''] = await begin(box(1))
    const [young = ''] = await begin(box(2))
    expect(await update(old)).toEqual([undefined])
    expect(await update(young)).toEqual([null])
  })

  test('whose states have expired begins anew', async () => {
    await connected('mover', {
      ...mover,
      answer(body, call, response) {
        if ((body.states as unknown[]).length === 0) return mover.answer(body, call, response)
        return void send(response, 400, '"Invalid or expired tracker state"')
      },
    })
    const tokens = await begin(box(1), box(2))
    expect(await update(...tokens)).toEqual([undefined, undefined])
    expect(bench.log).toHaveLength(3)
    expect(await update(...tokens)).toEqual([undefined, undefined])
    expect(bench.log).toHaveLength(3)
  })

  test('gets as many objects a call as its largest body takes', async () => {
    const trigger = { attributes: { maxRequestBodySize: 150 } }
    const { calls } = await connected('mover', { ...mover, trigger })
    const tokens = [...(await begin(box(1))), ...(await begin(box(2))), ...(await begin(box(3)))]
    const found = await update(...tokens)
    expect(found.map((one) => one?.points[0])).toEqual([6, 7, 8])
    const after = calls.slice(3).map(({ body }) => (body.states as unknown[]).length)
    expect(after.length).toBeGreaterThan(1)
    expect(after.reduce((sum, count) => sum + count)).toBe(3)
  })

  test('that answers for other objects than it was asked for is refused', async () => {
    await connected('mover', { ...mover, answer: () => ({ shapes: [], states: [] }) })
    await expect(begin(box(1))).rejects.toMatchObject({
      code: 'FUNCTION_ANSWER_INVALID',
      message: expect.stringContaining('(states): 1 were expected, it has 0') as string,
    })
  })
})

describe('re-identification', () => {
  const question = (count: number) => ({
    picture0: picture,
    picture1: pictureOf(100, 50),
    boxes0: Array.from({ length: count }, (_, at) => ({ labelId: 1, points: [at, 0, 9, 9] })),
    boxes1: [{ labelId: 1, points: [0, 0, 9, 9] }],
    threshold: 0.4,
    maxDistance: 30,
  })
  test('gets both pictures and all boxes', async () => {
    const { calls } = await connected('looks', {
      annotations: { type: 'reid' },
      answer: () => [-1, 0],
    })
    expect(await bench.provider.match(id('looks'), question(2), {})).toEqual([-1, 0])
    expect(calls[0]?.body).toMatchObject({ threshold: 0.4, max_distance: 30 })
    expect(calls[0]?.body.image0).not.toBe(calls[0]?.body.image1)
    expect(await bench.provider.match(id('looks'), question(0), {})).toEqual([])
    expect(calls).toHaveLength(1)
  })
})
