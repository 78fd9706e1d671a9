import { execFileSync } from 'node:child_process'
import { copyFile, mkdir, mkdtemp, rm, truncate, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { beforeEach, expect, onTestFinished, test } from 'vitest'
import { COCO_80, COCO_91, cocoNames } from '#shared/domain/coco-names.ts'
import { rfdetr } from '../../detectors/detr/families.ts'
import { yolov5 } from '../../detectors/yolo/yolov5.ts'
import { yolov8 } from '../../detectors/yolo/yolov8.ts'
import { yolov10 } from '../../detectors/yolo/yolov10.ts'
import type { Family } from '../../family.ts'
import { sam } from '../../interactors/sam.ts'
import { samDecoder } from '../../interactors/sam-decoder.ts'
import { type TinyModel, tinyModel } from '../../onnx/testing/tiny-onnx.ts'
import { siameseBox } from '../../trackers/siamese-box.ts'
import { openSource } from '../source/open-source.ts'
import { inspectSource, type Said } from './inspect.ts'

const families: readonly Family[] = [yolov8, yolov5, yolov10, rfdetr, sam, samDecoder, siameseBox]
const shipped = fileURLToPath(new URL('../../../../models', import.meta.url))

let folder: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'fieldmark-inspect-'))
  onTestFinished(() => rm(folder, { recursive: true, force: true }))
})

async function inspect(path: string, said: Said = {}) {
  const scratch = async () => {
    const made = await mkdtemp(join(tmpdir(), 'fieldmark-scratch-'))
    return { folder: made, remove: () => rm(made, { recursive: true }) }
  }
  const source = await openSource(path, { scratch })
  onTestFinished(() => source.close())
  return inspectSource(source, path, families, said)
}

const bring = (pack: string, file: string, as = file) =>
  copyFile(join(shipped, pack, file), join(folder, as))

/** A YOLOv8 without a word about itself. */
const yolo = (classes: number, model: Partial<TinyModel> = {}): Uint8Array =>
  tinyModel({
    inputs: { images: { type: 'float32', dims: [1, 3, 64, 64] } },
    outputs: { output0: { type: 'float32', dims: [1, 4 + classes, 84] } },
    nodes: [{ op: 'Identity', inputs: ['images'], outputs: ['output0'] }],
    ...model,
  })
const write = async (name: string, content: string | Uint8Array) => {
  const path = join(folder, name)
  await writeFile(path, content)
  return path
}
const labelNames = ({ manifest }: { manifest: { labels: readonly { name: string }[] } }) =>
  manifest.labels.map(({ name }) => name)

test('a bare detector says all of itself', async () => {
  await bring('desk-detect', 'desk-detect.onnx', 'My Desk_model (1).onnx')
  const found = await inspect(join(folder, 'My Desk_model (1).onnx'))
  expect(found).toMatchObject({
    missing: [],
    classes: 6,
    readFrom: 'its own metadata',
    manifest: {
      id: 'my-desk-model-1',
      name: 'My Desk model (1)',
      kind: 'detector',
      family: 'yolov8',
      files: { model: { path: 'My Desk_model (1).onnx' } },
      licence: expect.stringContaining('made for this project'),
    },
  })
  expect(labelNames(found)).toEqual(['disc', 'square', 'triangle', 'star', 'ring', 'arrow'])
  expect(found.facts).toEqual([
    'input images float32 [1, 3, 320, 320]',
    'output output0 float32 [1, 10, 2100]',
    expect.stringMatching(/^ONNX opset 17/),
  ])
  expect(found.families[0]).toMatchObject({ id: 'yolov8', kind: 'detector' })
})

test('a bare pose model brings its joints', async () => {
  await bring('desk-pose', 'desk-pose.onnx')
  const { manifest, missing } = await inspect(join(folder, 'desk-pose.onnx'))
  expect(missing).toEqual([])
  expect(manifest.labels).toMatchObject([
    {
      name: 'arrow',
      type: 'skeleton',
      sublabels: ['tip', 'tail', 'left_barb', 'right_barb'].map((name) => ({ name })),
    },
  ])
})

test('encoder and decoder of one folder are one pack, however they are called', async () => {
  await bring('desk-sam', 'desk-sam-encoder.onnx', 'my-sam.first.onnx')
  await bring('desk-sam', 'desk-sam-decoder.onnx', 'my-sam.second.onnx')
  const { manifest, missing, facts } = await inspect(folder)
  expect(missing).toEqual([])
  expect(manifest).toMatchObject({
    id: 'my-sam',
    kind: 'interactor',
    family: 'sam',
    files: { encoder: { path: 'my-sam.first.onnx' }, decoder: { path: 'my-sam.second.onnx' } },
    labels: [],
  })
  expect(facts).toContain('encoder: input image float32 [1, 3, 256, 256]')
})

test('half of a pack finds its other half beside it', async () => {
  await bring('desk-track', 'desk-track-template.onnx')
  await bring('desk-track', 'desk-track-search.onnx')
  const { manifest } = await inspect(join(folder, 'desk-track-search.onnx'))
  expect(manifest).toMatchObject({
    id: 'desk-track',
    family: 'siamese-box',
    files: {
      template: { path: 'desk-track-template.onnx' },
      search: { path: 'desk-track-search.onnx' },
    },
  })
})

test('a file that is something by itself is not put together with others', async () => {
  await bring('desk-detect', 'desk-detect.onnx')
  await bring('desk-sam', 'desk-sam-encoder.onnx')
  await bring('desk-sam', 'desk-sam-decoder.onnx')
  const { manifest } = await inspect(join(folder, 'desk-detect.onnx'))
  expect(manifest.files).toEqual({ model: { path: 'desk-detect.onnx' } })
})

test('of several models of one folder the surest is proposed, and the others are told', async () => {
  await bring('desk-detect', 'desk-detect.onnx')
  await write('other.onnx', yolo(3))
  const { manifest, notes } = await inspect(folder)
  expect(manifest.files).toEqual({ model: { path: 'desk-detect.onnx' } })
  expect(notes).toContain('1 other .onnx file is left out.')
})

test.each([
  ['labels.txt', 'cat\ndog\n\nbird\n'],
  ['classes.txt', '0 cat\n1 dog\n2 bird'],
  ['net.names', 'cat\r\ndog\r\nbird'],
  ['data.yaml', 'nc: 3\nnames: [cat, dog, bird]'],
  ['data.yaml', 'names:\n  0: cat\n  1: dog\n  2: bird'],
  ['config.json', '{"id2label": {"0": "cat", "1": "dog", "2": "bird"}}'],
  ['classes.json', '["cat", "dog", "bird"]'],
])('names of classes beside it are read: %s', async (name, text) => {
  await write(name, text)
  const found = await inspect(await write('net.onnx', yolo(3)))
  expect(labelNames(found)).toEqual(['cat', 'dog', 'bird'])
  expect(found.manifest.labels[0]?.type).toBe('rectangle')
  expect(found.missing).toEqual([])
  expect(found.notes).toContain(`The names of its classes come from ${name}, which lies beside it.`)
})

test.each([
  ['a list of another length', 'labels.txt', 'cat\ndog'],
  ['broken YAML', 'data.yaml', 'names: [cat'],
  ['text that is none', 'labels.txt', 'cat\u0007\ndog\nbird'],
])('%s beside it is passed over, and labels are asked for', async (_name, name, text) => {
  await write(name, text)
  const found = await inspect(await write('net.onnx', yolo(3)))
  expect(found).toMatchObject({ missing: ['labels'], classes: 3, manifest: { labels: [] } })
})

test("COCO's names are offered where the count fits, and asked about", async () => {
  const found = await inspect(await write('net.onnx', yolo(80)))
  expect(found.missing).toEqual(['labels'])
  expect(labelNames(found).slice(0, 3)).toEqual(['person', 'bicycle', 'car'])
  expect(found.notes.join()).toContain("these are COCO's")
})

test('names that a person says stand before all others', async () => {
  await bring('desk-detect', 'desk-detect.onnx')
  const path = join(folder, 'desk-detect.onnx')
  const found = await inspect(path, { labels: ['a', 'b', 'c', 'd', 'e', 'f'] })
  expect(found).toMatchObject({
    missing: [],
    manifest: { labels: [{ name: 'a', type: 'rectangle' }, {}, {}, {}, {}, {}] },
  })
  await expect(inspect(path, { labels: ['a'] })).rejects.toMatchObject({
    code: 'INPUT_INVALID',
    message: expect.stringContaining('1 names for 6 classes'),
  })
})

test('the two numberings of COCO', () => {
  expect([COCO_80.length, new Set(COCO_80).size, COCO_91.length]).toEqual([80, 80, 91])
  expect([COCO_91[1], COCO_91[13], COCO_91[12], COCO_91[82], COCO_91[90]]).toEqual([
    'person',
    'stop sign',
    'class_12',
    'refrigerator',
    'toothbrush',
  ])
  expect(cocoNames(20)).toBeNull()
})

test('nothing here knows it: the family is asked for', async () => {
  const path = await write(
    'net.onnx',
    tinyModel({
      inputs: { tokens: { type: 'int64', dims: [1, 'n'] } },
      outputs: { logits: { type: 'float32', dims: [1, 'n', 50] } },
      nodes: [{ op: 'Identity', inputs: ['tokens'], outputs: ['logits'] }],
    }),
  )
  const found = await inspect(path)
  expect(found).toMatchObject({
    missing: ['family'],
    families: [],
    manifest: { family: 'unknown' },
  })
  expect(found.notes).toEqual(['None of the families here recognises its inputs and outputs.'])
  const chosen = await inspect(path, { family: 'yolov8' })
  expect(chosen.manifest.family).toBe('yolov8')
  expect(chosen.notes.join()).toContain('It does not look like YOLOv8')
  await expect(inspect(path, { family: 'nonsense' })).rejects.toMatchObject({ code: 'NOT_FOUND' })
})

test('a configuration of X-AnyLabeling with its file beside it', async () => {
  await write('best.onnx', yolo(2))
  const path = await write(
    'mine.yaml',
    'type: yolov8\ndisplay_name: My boxes\nmodel_path: /home/jane/best.onnx\nconf_threshold: 0.4\nclasses: [cat, dog]\n',
  )
  for (const named of [path, folder]) {
    const found = await inspect(named)
    expect(found).toMatchObject({
      missing: [],
      readFrom: 'mine.yaml of X-AnyLabeling',
      manifest: {
        id: 'my-boxes',
        name: 'My boxes',
        files: { model: { path: 'best.onnx' } },
        parameters: { threshold: 0.4 },
      },
    })
    expect(labelNames(found)).toEqual(['cat', 'dog'])
  }
})

test('one that calls its model something else than its outputs show', async () => {
  await write('best.onnx', yolo(2))
  const path = await write('a.yaml', 'type: yolov10\nmodel_path: best.onnx\nclasses: [cat, dog]')
  expect((await inspect(path)).manifest.family).toBe('yolov8')
})

test('one whose file is elsewhere keeps its address', async () => {
  const path = await write(
    'mine.yaml',
    'type: segment_anything\nname: sam\nencoder_model_path: https://x.org/e.onnx\ndecoder_model_path: https://x.org/d.onnx\n',
  )
  expect(await inspect(path)).toMatchObject({
    missing: [],
    facts: [],
    manifest: {
      family: 'sam',
      kind: 'interactor',
      files: {
        encoder: { path: 'e.onnx', url: 'https://x.org/e.onnx' },
        decoder: { path: 'd.onnx', url: 'https://x.org/d.onnx' },
      },
    },
  })
})

test("a function of CVAT's around a file beside it: its labels, our arithmetic", async () => {
  await write('net.onnx', yolo(2))
  const spec = JSON.stringify([
    { id: 1, name: 'cat', type: 'rectangle' },
    { id: 2, name: 'dog' },
  ])
  await write(
    'function.yaml',
    `metadata:\n  name: pth-cats\n  annotations:\n    name: Cats\n    type: detector\n    spec: '${spec}'\nspec:\n  description: Cats and dogs\n  env:\n    - name: MODEL\n      value: net.onnx\n`,
  )
  const found = await inspect(folder)
  expect(found.manifest).toMatchObject({
    name: 'Cats',
    description: 'Cats and dogs',
    family: 'yolov8',
    files: { model: { path: 'net.onnx' } },
  })
  // Its ids begin at 1, the net's classes at 0.
  expect(found.manifest.labels).toMatchObject([
    { name: 'cat', type: 'rectangle' },
    { name: 'dog', type: 'rectangle' },
  ])
})

test('a pack of ours says everything itself', async () => {
  const found = await inspect(join(shipped, 'desk-track'))
  expect(found).toMatchObject({
    missing: [],
    readFrom: 'its manifest',
    manifest: { id: 'desk-track' },
  })
  expect(found.families).toMatchObject([{ id: 'siamese-box', certainty: 1 }])
})

test.each([
  ['a pickle', 'best.pt', Buffer.from('\x80\x02}q\x00.', 'latin1'), 'PyTorch'],
  [
    'a zipped pickle',
    'best.pt',
    Buffer.from(`PK\x03\x04${'\0'.repeat(26)}archive/data.pkl`, 'latin1'),
    'PyTorch',
  ],
  ['a web page', 'net.onnx', Buffer.from('<!doctype html><html>'), 'web page'],
  ['nothing', 'net.onnx', Buffer.alloc(0), 'empty'],
  ['a YAML about something else', 'data.yaml', Buffer.from('names: [a]'), 'neither'],
])('refused with what it is: %s', async (_name, name, bytes, said) => {
  await expect(inspect(await write(name, bytes))).rejects.toMatchObject({
    message: expect.stringContaining(said),
  })
})

test('a file that is cut off is refused, also by its YAML', async () => {
  await bring('desk-detect', 'desk-detect.onnx')
  await truncate(join(folder, 'desk-detect.onnx'), 1_000_000)
  const yaml = await write('a.yaml', 'type: yolov8\nmodel_path: desk-detect.onnx\nclasses: [a]')
  for (const path of [join(folder, 'desk-detect.onnx'), yaml, folder])
    await expect(inspect(path)).rejects.toMatchObject({ code: 'MODEL_UNREADABLE' })
})

test('a folder with nothing in it, and one that is not there', async () => {
  await mkdir(join(folder, 'empty'))
  await expect(inspect(join(folder, 'empty'))).rejects.toMatchObject({ code: 'MODEL_UNREADABLE' })
  await expect(inspect(join(folder, 'gone'))).rejects.toMatchObject({ code: 'MEDIA_NOT_FOUND' })
})

test('a pack wrapped in folders is found', async () => {
  await mkdir(join(folder, 'a', 'b'), { recursive: true })
  await bring('desk-detect', 'desk-detect.onnx', 'a/b/desk-detect.onnx')
  expect((await inspect(folder)).manifest.family).toBe('yolov8')
})

test('where the last class may be none, its names may be one less', async () => {
  const queries = (width: number) => ({ type: 'float32', dims: [1, 300, width] }) as const
  const path = await write(
    'rf.onnx',
    yolo(1, { outputs: { dets: queries(4), labels: queries(4) } }),
  )
  for (const names of [
    ['cat', 'dog', 'cow'],
    ['cat', 'dog', 'cow', 'none'],
  ]) {
    const found = await inspect(path, { labels: names })
    expect(found).toMatchObject({ missing: [], classes: 4, manifest: { family: 'rfdetr' } })
    expect(labelNames(found)).toEqual(names)
  }
  await expect(inspect(path, { labels: ['cat', 'dog'] })).rejects.toMatchObject({
    code: 'INPUT_INVALID',
  })
})

test('a decoder is half of the pack whose encoder lies beside it, and one by itself where none does', async () => {
  await bring('desk-sam', 'desk-sam-decoder.onnx')
  const path = join(folder, 'desk-sam-decoder.onnx')
  const alone = { family: 'sam-decoder', files: { decoder: { path: 'desk-sam-decoder.onnx' } } }
  expect(await inspect(path)).toMatchObject({ missing: [], manifest: alone })
  await write('best.onnx', yolo(2))
  expect(await inspect(path)).toMatchObject({ manifest: alone })
  await bring('desk-sam', 'desk-sam-encoder.onnx')
  expect((await inspect(path)).manifest).toMatchObject({
    family: 'sam',
    files: { encoder: { path: 'desk-sam-encoder.onnx' }, ...alone.files },
  })
})

test.skipIf(process.platform === 'win32')('a pipe is not waited for', async () => {
  const path = join(folder, 'pipe.onnx')
  execFileSync('mkfifo', [path])
  await expect(inspect(path)).rejects.toMatchObject({ code: 'MODEL_UNREADABLE' })
})
