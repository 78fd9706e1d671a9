import { describe, expect, test } from 'vitest'
import type { Tensor } from '../../family.ts'
import { labels, openDetector, picture, tensor } from '../testing/stand-in.ts'
import { classifier } from './image-classifier.ts'

const three = { labels: labels('day', 'dusk', 'night') }
const square = { input: [1, 3, 8, 8] }

async function tags(output: Tensor, more: object = three, parameters = {}) {
  const detector = openDetector(classifier, { ...square, outputs: { output } }, more)
  const found = await detector.detect(picture(20, 10), parameters)
  expect(found.every(({ type, points }) => type === 'tag' && points.length === 0)).toBe(true)
  return found.map(({ label, score }) => [label, Math.round(1000 * (score ?? 0)) / 1000])
}

describe('the best label of a picture is its tag', () => {
  const shares = [0.2, 0.7, 0.1]
  const logits = shares.map((share) => Math.log(share) + 3)
  test.each<[string, Tensor, object, [string, number][]]>([
    ['shares', tensor([1, 3], shares), {}, [['dusk', 0.7]]],
    ['logits', tensor([1, 3], logits), {}, [['dusk', 0.7]]],
    ['of a convolution', tensor([1, 3, 1, 1], logits), {}, [['dusk', 0.7]]],
    [
      'all that score enough',
      tensor([1, 3], shares),
      { all: true, threshold: 0.15 },
      [
        ['dusk', 0.7],
        ['day', 0.2],
      ],
    ],
    ['none that does', tensor([1, 3], shares), { threshold: 0.8 }, []],
  ])('%s', async (_name, output, parameters, expected) => {
    expect(await tags(output, three, parameters)).toEqual(expected)
  })

  test('what the output holds can be said', async () => {
    const asLogits = await tags(tensor([1, 3], shares), { ...three, options: { scores: 'logits' } })
    expect(asLogits).toEqual([['dusk', 0.464]])
  })

  test('labels without a name', async () => {
    expect(await tags(tensor([1, 3], shares), {})).toEqual([['class_1', 0.7]])
  })
})

/** The left half dark, the right half bright. */
function halves(width: number, height: number) {
  const rgb = new Uint8Array(width * height * 3)
  for (let i = 0; i < rgb.length; i++) rgb[i] = Math.floor(i / 3) % width < width / 2 ? 0 : 255
  return { width, height, rgb }
}

describe('what is looked at', () => {
  const fed = async (more: object) => {
    const outputs = { output: tensor([1, 3], [1, 0, 0]) }
    const detector = openDetector(classifier, { ...square, outputs }, { ...three, ...more })
    await detector.detect(halves(32, 8), {})
    const { data } = detector.fed[0]?.images ?? tensor([], [])
    return Array.from(data.subarray(0, 8) as Float32Array, (value) => Math.round(value * 100) / 100)
  }

  test("the middle, of ImageNet's mean and deviation", async () => {
    const [dark, bright] = [(0 - 0.485) / 0.229, (1 - 0.485) / 0.229].map(
      (value) => Math.round(value * 100) / 100,
    )
    const row = await fed({})
    expect([row[0], row[7]]).toEqual([dark, bright])
  })

  test("YOLOv5's middle square is cut before it is resized", async () => {
    const noted = { metadata: { stride: '32', names: "['day', 'dusk', 'night']" } }
    const outputs = { output: tensor([1, 3], [1, 0, 0]) }
    const detector = openDetector(classifier, { ...square, ...noted, outputs }, three)
    // A column a pixel: resized by Pillow first, its neighbours would be mixed into it.
    const rgb = new Uint8Array(16 * 8 * 3).map((_, i) => (Math.floor(i / 3) % 2) * 255)
    await detector.detect({ width: 16, height: 8, rgb }, {})
    const { data } = detector.fed[0]?.images ?? tensor([], [])
    const row = Array.from(data.subarray(0, 3) as Float32Array, (value) => value.toFixed(2))
    expect(row).toEqual(['-2.12', '2.25', '-2.12'])
  })

  test("Ultralytics' pixels are 0 to 1", async () => {
    expect(await fed({ family: 'yolov8' })).toEqual([0, 0, 0, 0, 1, 1, 1, 1])
  })
})

describe('what does not fit is refused with a sentence', () => {
  test.each<[string, Tensor, object, string, string]>([
    [
      'a map',
      tensor([1, 3, 2, 2], Array(12).fill(0)),
      three,
      'MODEL_MISFIT',
      'output [1, 3, 2, 2]',
    ],
    ['fewer classes than labels', tensor([1, 2], [0, 1]), three, 'MODEL_MISFIT', '2 classes'],
    ['no numbers', tensor([1, 3], [0, Number.NaN, 1]), three, 'MODEL_OUTPUT_INVALID', 'NaN'],
    [
      'an option that cannot be',
      tensor([3], [1, 0, 0]),
      { ...three, options: { cropShare: 4 } },
      'MODEL_MANIFEST_INVALID',
      'cropShare',
    ],
  ])('%s', async (_name, output, more, code, words) => {
    const error = await tags(output, more).then(
      () => null,
      (thrown: Error) => thrown,
    )
    expect(error).toMatchObject({ code, message: expect.stringContaining(words) })
  })
})
