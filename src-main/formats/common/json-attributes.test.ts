import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Annotation } from '#shared/domain/annotation.ts'
import type { WovenShape } from '#shared/tracks/weave.ts'
import { anyShape, anyTag } from '../testkit/arbitrary.ts'
import { labels } from '../testkit/sample.ts'
import { createAttributeWriter } from './json-attributes.ts'
import { createLabelIndex } from './label-index.ts'
import { readBuiltIns, readValues } from './read-attributes.ts'
import { TextBuffer } from './text-buffer.ts'
import { typedAttributes } from './typed-values.ts'

const labelOf = (id: number) => labels.find((label) => label.id === id) ?? labels[0]

const anyAnnotation = fc
  .tuple(
    fc.oneof(anyShape(['rectangle', 'polygon', 'skeleton']), anyTag()),
    fc.option(fc.record({ id: fc.nat(9), keyframe: fc.boolean() })),
    fc.option(fc.integer({ min: 0, max: 100 }).map((n) => n / 100)),
  )
  .map(([one, track, score]): WovenShape | Extract<Annotation, { kind: 'tag' }> => {
    const stored = { ...one, id: 1 } as unknown as WovenShape
    if (one.kind === 'tag') return stored as never
    return { ...stored, score, ...(track ? { track } : {}) }
  })

test('the JSON text says what the list of attributes says, in its order', () => {
  const writer = createAttributeWriter()
  fc.assert(
    fc.property(anyAnnotation, (annotation) => {
      const label = labelOf(annotation.labelId)
      if (label === undefined) throw new Error('no label')
      const out = new TextBuffer()
      writer.annotation(out, annotation, label)
      const text = out.take()
      const told = JSON.parse(text) as Record<string, unknown>
      expect(Object.entries(told)).toEqual(typedAttributes(annotation, label))
      const tally = { labels: createLabelIndex(labels), note: () => undefined }
      const values = readValues(told, label, tally)
      for (const value of annotation.attributes) expect(values).toContainEqual(value)
      if (annotation.kind === 'tag') return
      const { occluded, type, rotation, score, track = null } = annotation
      expect(readBuiltIns(told)).toEqual({
        ...{ occluded, outside: false, score, track, source: 'file' },
        rotation: type === 'rectangle' ? rotation : 0,
      })
    }),
  )
})

describe('built-in attributes', () => {
  test.each([
    ['texts', { occluded: 'True', rotation: '30.5', track_id: '4', keyframe: 'no' }],
    ['numbers', { occluded: 1, rotation: -329.5, track_id: 4, keyframe: 0 }],
  ])('%s', (_name, attributes) => {
    expect(readBuiltIns(attributes)).toMatchObject({
      occluded: true,
      rotation: 30.5,
      track: { id: 4, keyframe: false },
    })
  })

  test('a track needs both its number and whether this is a keyframe', () => {
    expect(readBuiltIns({ track_id: 4 }).track).toBeNull()
    expect(readBuiltIns({ keyframe: true }).track).toBeNull()
    expect(readBuiltIns({ track_id: 'a', keyframe: true }).track).toBeNull()
  })

  test('what means nothing is passed over', () => {
    const odd = { occluded: 'maybe', rotation: 'NaN', score: 7, source: 'me', outside: null }
    expect(readBuiltIns(odd)).toEqual(readBuiltIns({}))
  })
})
