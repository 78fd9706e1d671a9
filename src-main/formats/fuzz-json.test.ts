/** Values of JSON files put out of place: well-formed text that says nonsense is refused with a sentence, or read clean. */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { NewAnnotation } from '#main/core/ports.ts'
import { shapeSchema, shapeTypes, tagSchema, trackSchema } from '#shared/domain/annotation.ts'
import { AppError } from '#shared/errors/app-error.ts'
import { formProblem } from '#shared/geometry/shape-rules.ts'
import { createFormatRegistry } from './index.ts'
import { anyShape, anyTag } from './testkit/arbitrary.ts'
import { anyTrack } from './testkit/arbitrary-track.ts'
import { exported, imported, inputOf, textOf, videoOf } from './testkit/sample.ts'

const registry = createFormatRegistry()
const video = videoOf(3)

/** Fixed seeds: the same annotations on every run, so that only what is put in varies. */
const annotations = [
  ...fc.sample(anyTrack(shapeTypes, 3, []), { numRuns: 8, seed: 2 }),
  ...fc.sample(fc.oneof(anyShape(shapeTypes), anyTag()), { numRuns: 40, seed: 1 }),
]

const schemas = {
  shape: shapeSchema.omit({ id: true }),
  tag: tagSchema.omit({ id: true }),
  track: trackSchema.omit({ id: true }),
}

const nonsense = fc.oneof(
  fc.constantFrom(null, -1, 0, 0.5, 1e7, -1e7, 1e300, Number.MAX_SAFE_INTEGER, '', '9', true),
  fc.constantFrom<unknown>([], {}, [[]], [1], [[0, 0]]),
  fc.jsonValue({ maxDepth: 2 }),
)
/** Not `fc.double`, which likes small numbers: every place of the file is as likely. */
const place = fc.noBias(fc.integer({ min: 0, max: 999_999 })).map((n) => n / 1e6)
const changes = fc.array(fc.tuple(place, nonsense), { minLength: 1, maxLength: 4 })

type Path = readonly (string | number)[]

function pathsOf(value: unknown, path: Path = []): Path[] {
  if (typeof value !== 'object' || value === null) return [path]
  return [path, ...Object.entries(value).flatMap(([key, each]) => pathsOf(each, [...path, key]))]
}

function put(document: unknown, path: Path, value: unknown): void {
  let parent = document as Record<string, unknown> | undefined
  for (const key of path.slice(0, -1)) parent = parent?.[key] as typeof parent
  const last = path.at(-1)
  if (typeof parent === 'object' && parent !== null && last !== undefined) parent[last] = value
}

test.each(['labelme JSON', 'X-AnyLabeling JSON', 'Label Studio JSON'])('%s', async (name) => {
  const format = registry.get(name)
  const files = await exported(format, annotations, false, undefined, video)
  const documents = [...files.keys()]
    .filter((entry) => entry.endsWith('.json'))
    .map((entry) => ({ entry, paths: pathsOf(JSON.parse(textOf(files, entry))) }))
  await fc.assert(
    fc.asyncProperty(fc.constantFrom(...documents), changes, async ({ entry, paths }, list) => {
      const document: unknown = JSON.parse(textOf(files, entry))
      for (const [at, value] of list)
        put(document, paths[Math.floor(at * paths.length)] ?? [], value)
      const input = inputOf(
        new Map([...files, [entry, Buffer.from(JSON.stringify(document))]]),
        'f.zip',
        997,
      )
      const outcome = await imported(format, input, video).catch((error: unknown) => error)
      if (outcome instanceof Error) expect(outcome).toBeInstanceOf(AppError)
      else
        for (const one of (outcome as Awaited<ReturnType<typeof imported>>).annotations) check(one)
    }),
    { numRuns: 300 },
  )
})

/** What the store takes. */
function check(annotation: NewAnnotation): void {
  schemas[annotation.kind].parse(annotation)
  const values = annotation.attributes.map(({ specId }) => specId)
  expect(new Set(values).size).toBe(values.length)
  if (annotation.kind === 'tag') return
  const forms = annotation.kind === 'track' ? annotation.keyframes : [annotation]
  for (const form of forms) {
    expect(formProblem(annotation.type, form.points)).toBeNull()
    for (const joint of form.elements) expect(formProblem('points', joint.points)).toBeNull()
  }
  if (annotation.kind !== 'track') return
  const frames = annotation.keyframes.map(({ frame }) => frame)
  expect(frames).toEqual([...new Set(frames)].sort((a, b) => a - b))
  expect([annotation.frame, frames.every((frame) => frame < 3)]).toEqual([frames[0], true])
}
