/** A mutated file is refused with a sentence or read: never another exception, never a hang, never half an import. */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { shapeSchema, shapeTypes, tagSchema, trackSchema } from '#shared/domain/annotation.ts'
import { AppError } from '#shared/errors/app-error.ts'
import { createFormatRegistry } from './index.ts'
import { anyShape, anyTag } from './testkit/arbitrary.ts'
import { anyTrack } from './testkit/arbitrary-track.ts'
import {
  exported,
  type Files,
  frames,
  imported,
  inputOf,
  inSubsets,
  labels,
} from './testkit/sample.ts'

const registry = createFormatRegistry()

/** Fixed seeds: the same annotations on every run, so that only the mutations vary. */
const annotations = [
  ...fc.sample(anyTrack(shapeTypes, 3, []), { numRuns: 20, seed: 2 }),
  ...fc.sample(fc.oneof(anyShape(shapeTypes), anyTag()), { numRuns: 40, seed: 1 }),
]

/** ICDAR knows one label and its text: without them nothing would be read. */
const icdarLabels = labels.map((label) => ({
  ...label,
  name: label.id === 1 ? 'icdar' : label.name,
  attributes: label.attributes.map((spec) =>
    spec.name === 'note' ? { ...spec, name: 'text' } : spec,
  ),
}))

function sampleFor(name: string) {
  return name.startsWith('ICDAR') ? { ...inSubsets, frames, labels: icdarLabels } : undefined
}

const schemas = {
  shape: shapeSchema.omit({ id: true }),
  tag: tagSchema.omit({ id: true }),
  track: trackSchema.omit({ id: true }),
}

/** Instead of a text: what stands there comes twice; a bit is flipped. */
const [REPEAT, FLIP] = ['repeat', 'flip']

interface Mutation {
  readonly file: number
  readonly at: number
  readonly remove: number
  readonly insert: string
}

const mutation = fc.record({
  file: fc.nat(10),
  at: fc.double({ min: 0, max: 1, noNaN: true }),
  remove: fc.oneof(fc.nat(3), fc.nat(2000), fc.constant(1e9)),
  insert: fc.oneof(
    fc.string({ maxLength: 4 }),
    fc.constantFrom(
      'NaN',
      '1e999',
      '-1',
      REPEAT,
      FLIP,
      '{',
      ']',
      '"',
      '<',
      '&x;',
      '<!DOCTYPE a>',
      '\u0000',
      '99999999999',
      'null',
    ),
  ),
})

function mutate(files: Files, { file, at, remove, insert }: Mutation): Files {
  const names = [...files.keys()]
  const name = names[file % names.length] ?? ''
  const data = Buffer.from(files.get(name) ?? '')
  const cut = Math.floor(at * data.length)
  const inserted = insert === REPEAT ? data.subarray(cut, cut + remove + 500) : Buffer.from(insert)
  const rest = data.subarray(cut + (insert === REPEAT ? 0 : remove))
  const changed = Buffer.concat([data.subarray(0, cut), inserted, rest])
  // A bit, too: what is flipped in packed data is nowhere near it once unpacked.
  const bit = Math.floor(at * 977) % Math.max(1, changed.length)
  if (insert === FLIP && changed[bit] !== undefined) changed[bit] ^= 1 << (remove % 8)
  return new Map([...files, [name, changed]])
}

test.each(registry.list().map(({ name }) => name))('%s', async (name) => {
  const format = registry.get(name)
  const files = await exported(format, annotations, false, undefined, sampleFor(name))
  await fc.assert(
    fc.asyncProperty(fc.array(mutation, { minLength: 1, maxLength: 3 }), async (mutations) => {
      const input = inputOf(mutations.reduce(mutate, files), 'fuzz.zip', 997)
      const outcome = await imported(format, input, sampleFor(name)).catch(
        (error: unknown) => error,
      )
      if (outcome instanceof Error) {
        expect(outcome).toBeInstanceOf(AppError)
        return
      }
      const { annotations: read } = outcome as Awaited<ReturnType<typeof imported>>
      for (const annotation of read) {
        schemas[annotation.kind].parse(annotation)
        if (annotation.kind === 'track') checkOrder(annotation.keyframes)
      }
    }),
    { numRuns: 300 },
  )
})

function checkOrder(keyframes: readonly { readonly frame: number }[]): void {
  const frames = keyframes.map(({ frame }) => frame)
  expect(frames).toEqual([...new Set(frames)].sort((a, b) => a - b))
  expect(frames.every((frame) => frame >= 0 && frame < 3)).toBe(true)
}
