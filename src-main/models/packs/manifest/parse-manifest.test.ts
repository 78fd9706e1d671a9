import { expect, test } from 'vitest'
import { parseManifest } from './parse-manifest.ts'

const good = () => ({
  manifest: 1,
  id: 'mine',
  name: 'Mine',
  kind: 'detector',
  family: 'yolov8',
  files: { model: { path: 'weights/mine.onnx' } } as Record<string, unknown>,
  labels: [] as unknown[],
})
const read = (value: unknown) => parseManifest(JSON.stringify(value), '/packs/mine/manifest.json')
const label = (fields: object) => ({
  name: 'a',
  type: 'any',
  attributes: [],
  sublabels: [],
  svg: null,
  ...fields,
})

test('what is left out has its default', () => {
  expect(read(good())).toMatchObject({ version: '', parameters: {}, inputs: {}, licence: '' })
})

test('a mark at the beginning of the file is no harm', () => {
  expect(parseManifest(`\uFEFF${JSON.stringify(good())}`, 'x').id).toBe('mine')
})

test.each([
  ['no object', [], 'the manifest'],
  ['another version', { ...good(), manifest: 2 }, 'manifest'],
  ['an id with a slash', { ...good(), id: '../evil' }, 'id'],
  ['an id with capitals', { ...good(), id: 'Mine' }, 'id'],
  ['an unknown kind', { ...good(), kind: 'oracle' }, 'kind'],
  ['a field nobody knows', { ...good(), colour: 1 }, 'colour'],
  [
    'a field nobody knows, deeper',
    { ...good(), files: { model: { path: 'a', size: 1 } } },
    'files.model.size',
  ],
  ['no files', { ...good(), files: {} }, 'files'],
  [
    'a path out of the folder',
    { ...good(), files: { model: { path: '../a.onnx' } } },
    'files.model.path',
  ],
  [
    'an absolute path',
    { ...good(), files: { model: { path: '/etc/passwd' } } },
    'files.model.path',
  ],
  ['a drive', { ...good(), files: { model: { path: 'C:/a.onnx' } } }, 'files.model.path'],
  ['a backslash', { ...good(), files: { model: { path: '..\\a.onnx' } } }, 'files.model.path'],
  ['an empty part', { ...good(), files: { model: { path: 'a//b' } } }, 'files.model.path'],
  [
    'a name Windows keeps',
    { ...good(), files: { model: { path: 'aux.onnx' } } },
    'files.model.path',
  ],
  [
    'the manifest as weights',
    { ...good(), files: { model: { path: 'Manifest.JSON' } } },
    'files.model.path',
  ],
  [
    'a hash that is none',
    { ...good(), files: { model: { path: 'a', sha256: 'xyz' } } },
    'files.model.sha256',
  ],
  [
    'a URL of another kind',
    { ...good(), files: { model: { path: 'a', url: 'file:///etc/passwd' } } },
    'files.model.url',
  ],
  ['a card out of the folder', { ...good(), card: '../../README.md' }, 'card'],
  ['a size of nothing', { ...good(), inputs: { '*': { width: 0 } } }, 'inputs.*.width'],
  ['a std of nothing', { ...good(), inputs: { '*': { std: [0, 1, 1] } } }, 'inputs.*.std.0'],
  ['a label without a name', { ...good(), labels: [label({ name: ' ' })] }, 'labels.0.name'],
  ['a label of no type', { ...good(), labels: [label({ type: 'blob' })] }, 'labels.0.type'],
  [
    'a skeleton without joints',
    { ...good(), labels: [label({ type: 'skeleton' })] },
    'labels.0.sublabels',
  ],
  [
    'joints of one name',
    {
      ...good(),
      labels: [
        label({
          type: 'skeleton',
          sublabels: [
            { name: 'nose', type: 'points', attributes: [] },
            { name: 'nose', type: 'points', attributes: [] },
          ],
        }),
      ],
    },
    'labels.0.sublabels',
  ],
])('refused with its field: %s', (_name, value, where) => {
  const refused = expect(() => read(value))
  refused.toThrow(
    expect.objectContaining({
      code: 'MODEL_MANIFEST_INVALID',
      params: expect.objectContaining({ path: '/packs/mine/manifest.json', where }),
    }),
  )
})

test.each([
  ['nothing', ''],
  ['half of it', JSON.stringify(good()).slice(0, 60)],
  ['a web page', '<!doctype html><html>'],
  ['brackets without end', '['.repeat(200_000)],
])('no JSON: %s', (_name, text) => {
  expect(() => parseManifest(text, 'x')).toThrow(
    expect.objectContaining({ code: 'MODEL_MANIFEST_INVALID' }),
  )
})
