import { describe, expect, test } from 'vitest'
import type { ModelProposal } from '#shared/domain/model.ts'
import { type ModelManifestInput, modelManifestSchema } from '#shared/domain/model-manifest.ts'
import { openQuestions, withEdits } from './edits.ts'

const label = (name: string, type = 'mask') => ({
  ...{ name, type: type as 'mask', attributes: [], sublabels: [], svg: null },
})
const manifestOf = (more: Partial<ModelManifestInput> = {}) =>
  modelManifestSchema.parse({
    ...{ manifest: 1, id: 'net', name: 'Net', kind: 'detector', family: 'yolov8' },
    files: { model: { path: 'net.onnx' } },
    ...more,
  })

describe('what a person said', () => {
  test('stands over what the files say; the rest stays', () => {
    const manifest = manifestOf({
      labels: [label('class 0'), label('class 1')],
      inputs: { '*': { color: 'bgr' } },
      licence: 'MIT',
    })
    const edits = { name: 'Mine', labels: ['cat', 'dog'], width: 640, height: 480 }
    expect(withEdits({ manifest }, edits)).toEqual({
      ...manifest,
      name: 'Mine',
      labels: [label('cat'), label('dog')],
      inputs: { '*': { color: 'bgr', width: 640, height: 480 } },
    })
    expect(withEdits({ manifest }, {})).toEqual(manifest)
    expect(withEdits({ manifest }, { width: 640, height: null }).inputs).toEqual(manifest.inputs)
  })

  test('more names than the file has labels are of the same kind; of none, of any', () => {
    const named = (labels: ModelManifestInput['labels']) =>
      withEdits({ manifest: manifestOf({ labels }) }, { labels: ['a', 'b'] }).labels
    expect(named([label('x')]).map(({ type }) => type)).toEqual(['mask', 'mask'])
    expect(named([]).map(({ type }) => type)).toEqual(['any', 'any'])
  })
})

describe('what is still to be said', () => {
  const none: Pick<ModelProposal, 'missing' | 'classes'> = { missing: [], classes: 2 }
  const two = [label('a'), label('b')]
  const ask = (
    proposal: Partial<typeof none>,
    manifest: Partial<ModelManifestInput>,
    more: Partial<Parameters<typeof openQuestions>[2]> = {},
  ) =>
    openQuestions({ ...none, ...proposal }, manifestOf({ labels: two, ...manifest }), {
      ...{ roles: ['model'], taken: null },
      ...more,
    })

  test.each([
    ['nothing', {}, {}, {}, []],
    ['a family nobody knows', { missing: ['family' as const] }, { labels: [] }, {}, ['family']],
    ['a file that is not there', {}, {}, { roles: ['encoder', 'decoder'] }, ['files']],
    ['names of classes', { missing: ['labels' as const] }, { labels: [] }, {}, ['labels']],
    ['too few names', {}, { labels: [label('a')] }, {}, ['labels']],
    [
      'names, where nobody knows how many',
      { missing: ['labels' as const], classes: null },
      {},
      {},
      [],
    ],
    ['guessed names, which may stay', { missing: ['labels' as const] }, {}, {}, []],
    ['labels of what has none', {}, { kind: 'reid' as const, labels: [] }, {}, []],
    ['a size', { missing: ['size' as const] }, {}, {}, ['size']],
    [
      'a size that was said',
      { missing: ['size' as const] },
      { inputs: { '*': { width: 8, height: 8 } } },
      {},
      [],
    ],
    [
      'an id of a model that ships',
      {},
      {},
      { taken: { origin: 'shipped' as const } },
      ['id-shipped'],
    ],
    ['an id of one that is replaced', {}, {}, { taken: { origin: 'installed' as const } }, []],
  ])('%s', (_what, proposal, manifest, more, questions) => {
    expect(ask(proposal, manifest, more)).toEqual(questions)
  })

  test('a name, and an id that can be one', () => {
    const manifest = { ...manifestOf({ labels: two }), name: ' ', id: 'Ä' }
    expect(openQuestions(none, manifest, { roles: null, taken: null })).toEqual(['name', 'id'])
  })
})
