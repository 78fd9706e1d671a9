/** A mutated file is refused with a sentence or read: never another exception, never a hang, never half an import. */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { shapeSchema, shapeTypes } from '#shared/domain/annotation.ts'
import { AppError } from '#shared/errors/app-error.ts'
import { createFormatRegistry } from './index.ts'
import { anyShape } from './testkit/arbitrary.ts'
import { exported, type Files, imported, inputOf } from './testkit/sample.ts'

const registry = createFormatRegistry()

/** Fixed seeds: the same annotations on every run, so that only the mutations vary. */
const annotations = fc.sample(anyShape(shapeTypes), { numRuns: 40, seed: 1 })

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
  const text = Buffer.from(files.get(name) ?? '').toString()
  const cut = Math.floor(at * text.length)
  const changed = text.slice(0, cut) + insert + text.slice(cut + remove)
  return new Map([...files, [name, Buffer.from(changed)]])
}

test.each(registry.list().map(({ name }) => name))('%s', async (name) => {
  const format = registry.get(name)
  const files = await exported(format, annotations)
  await fc.assert(
    fc.asyncProperty(fc.array(mutation, { minLength: 1, maxLength: 3 }), async (mutations) => {
      const input = inputOf(mutations.reduce(mutate, files), 'fuzz.zip', 997)
      const outcome = await imported(format, input).catch((error: unknown) => error)
      if (outcome instanceof Error) {
        expect(outcome).toBeInstanceOf(AppError)
        return
      }
      for (const annotation of (outcome as { annotations: unknown[] }).annotations) {
        shapeSchema.omit({ id: true }).parse(annotation)
      }
    }),
    { numRuns: 300 },
  )
})
