import { expect, test, vi } from 'vitest'
import type { FunctionId } from '#shared/domain/function.ts'
import type { FunctionPicture, InteractorAnswer, InteractorPrompt, RgbPicture } from '../ports.ts'
import { createInteract } from './interact-part.ts'

const id = 'onnx/one' as FunctionId
const pixels: RgbPicture = {
  width: 10,
  height: 8,
  rgb: Uint8Array.from({ length: 240 }, (_, i) => i),
}

function setting(answer: InteractorAnswer) {
  const whole: FunctionPicture = {
    key: 'whole',
    pixels: vi.fn(async () => pixels),
    encoded: () => Promise.reject(new Error('not asked for')),
  }
  const asked = vi.fn(
    async (_id: FunctionId, _picture: FunctionPicture, _prompt: InteractorPrompt) => answer,
  )
  const reader = { encode: () => Promise.reject(new Error('not asked for')) }
  return { whole, asked, interact: createInteract({ functions: { interact: asked }, reader }) }
}

const prompt: InteractorPrompt = {
  positive: [[4.5, 5.5]],
  negative: [[2, 3]],
  box: [3, 4, 5, 6],
  region: { left: 2.2, top: 3.9, right: 6.5, bottom: 20 },
  previous: 'token',
  parameters: { x: 1 },
}
const nothing: InteractorAnswer = { mask: null, outline: null, score: null, token: null }

test('a part is a picture of its own: coordinates go there and come back', async () => {
  const { whole, asked, interact } = setting({
    mask: [0, 2, 1, 0, 0, 2, 0],
    outline: [0, 0, 1.5, 2],
    score: 0.5,
    token: 'next',
  })
  expect(await interact(id, whole, prompt, {})).toEqual({
    mask: [0, 2, 1, 2, 3, 4, 3],
    outline: [2, 3, 3.5, 5],
    score: 0.5,
    token: 'next',
  })
  const [, part, moved] = asked.mock.calls[0] ?? []
  expect(moved).toEqual({
    positive: [[2.5, 2.5]],
    negative: [[0, 0]],
    box: [1, 1, 3, 3],
    region: null,
    previous: 'token',
    parameters: { x: 1 },
  })
  const seen = await part?.pixels()
  expect([seen?.width, seen?.height, seen?.rgb[0]]).toEqual([5, 5, (3 * 10 + 2) * 3])
  expect(part?.key).not.toBe('whole')
})

test('the whole picture is asked for as it is', async () => {
  const { whole, asked, interact } = setting(nothing)
  const all = { ...prompt, region: null }
  expect(await interact(id, whole, all, {})).toEqual(nothing)
  expect(asked).toHaveBeenCalledWith(id, whole, all, {})
})

test('clicks on one part read the picture once', async () => {
  const { whole, asked, interact } = setting(nothing)
  for (let click = 0; click < 3; click += 1) {
    await interact(id, whole, prompt, {})
    await asked.mock.lastCall?.[1].pixels()
  }
  expect(whole.pixels).toHaveBeenCalledTimes(2)
})

test('a region beside the picture is refused', async () => {
  const { whole, interact } = setting(nothing)
  const region = { left: 10, top: 0, right: 12, bottom: 3 }
  await expect(interact(id, whole, { ...prompt, region }, {})).rejects.toThrow('outside')
})
