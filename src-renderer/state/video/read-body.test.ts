import { expect, test } from 'vitest'
import { giveBack, readBody } from './read-body.ts'

/** A body that comes in pieces, as from the network. */
function answer(bytes: Uint8Array<ArrayBuffer>, stated = bytes.length): Response {
  let at = 0
  const body = new ReadableStream({
    type: 'bytes',
    pull(controller) {
      if (at >= bytes.length) {
        controller.close()
        controller.byobRequest?.respond(0)
        return
      }
      const piece = bytes.slice(at, at + 7)
      at += piece.length
      controller.enqueue(piece)
    },
  })
  return new Response(body, { headers: { 'Content-Length': String(stated) } })
}

const numbers = (length: number, from: number) =>
  Uint8Array.from({ length }, (_, at) => (at + from) & 255)

test('reads all of it, however it comes, also into used memory', async () => {
  for (const from of [0, 50, 100]) {
    const body = await readBody(answer(numbers(100, from)))
    expect([...new Uint8Array(body)]).toEqual([...numbers(100, from)])
    giveBack(body)
  }
  expect((await readBody(answer(numbers(40, 3)))).byteLength).toBe(40)
})

test('a body under way is never written over by another', async () => {
  const [one, two] = await Promise.all([
    readBody(answer(numbers(64, 1))),
    readBody(answer(numbers(64, 2))),
  ])
  expect(new Uint8Array(one)[0]).toBe(1)
  expect(new Uint8Array(two)[0]).toBe(2)
})

test('what ends too early is told by its length', async () => {
  expect((await readBody(answer(numbers(10, 0), 100))).byteLength).toBe(10)
})
