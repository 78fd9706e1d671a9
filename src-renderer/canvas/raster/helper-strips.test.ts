import { expect, test } from 'vitest'
import { HelperStrips } from './helper-strips.ts'
import { type StripAnswer, stripsOf } from './raster-messages.ts'

const view = { matrix: { a: 1, b: 0, c: 0, d: 1, e: 0, f: 0 }, width: 40, height: 101, ratio: 1 }

test.each([1, 2, 3, 4, 7])('%i strips cover a view without gap or overlap', (count) => {
  let y = 0
  for (const strip of stripsOf(view, count)) {
    expect(strip.y).toBe(y)
    y += strip.height
  }
  expect(y).toBe(view.height)
})

/** A helper whose answers arrive at once. */
function makeHelper() {
  const port = { onmessage: null } as unknown as MessagePort
  const answer = (data: StripAnswer) =>
    (port.onmessage as (event: { data: StripAnswer }) => void)({ data })
  const paint = (ticket: number, closed: number[] = []) => {
    const bitmap = { close: () => closed.push(ticket) } as unknown as ImageBitmap
    answer({ kind: 'painted', ticket, picture: { strip: { y: ticket, height: 1 }, bitmap } })
  }
  return { port, answer, paint }
}

const tickets = async (strips: HelperStrips, ticket: number, count = 9) =>
  (await strips.of(ticket, count))?.map(({ strip }) => strip.y) ?? null

test('a picture waits for the strips of every helper', async () => {
  const [a, b] = [makeHelper(), makeHelper()]
  const strips = new HelperStrips([a.port, b.port])
  a.paint(1)
  const waiting = tickets(strips, 1)
  b.paint(1)
  expect(await waiting).toEqual([1, 1])
})

test('helpers that were not asked are not waited for', async () => {
  const [a, b] = [makeHelper(), makeHelper()]
  const strips = new HelperStrips([a.port, b.port])
  a.paint(1)
  expect(await tickets(strips, 1, 1)).toEqual([1])
  expect(await tickets(strips, 2, 0)).toEqual([])
})

test('a strip in which nothing changed is shown again; one that is replaced is closed', async () => {
  const helper = makeHelper()
  const strips = new HelperStrips([helper.port])
  const closed: number[] = []
  helper.paint(1, closed)
  helper.answer({ kind: 'same', ticket: 2 })
  expect(await tickets(strips, 2)).toEqual([1])
  expect(closed).toEqual([])
  helper.paint(3)
  expect(closed).toEqual([1])
})

test('a ticket that a helper gave up, or passed by, gives no picture', async () => {
  const helper = makeHelper()
  const strips = new HelperStrips([helper.port])
  helper.answer({ kind: 'given-up', ticket: 1 })
  expect(await tickets(strips, 1)).toBeNull()
  helper.paint(3)
  expect(await tickets(strips, 2)).toBeNull()
  expect(await tickets(strips, 3)).toEqual([3])
})
