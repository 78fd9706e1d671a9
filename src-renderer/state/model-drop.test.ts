import JSZip from 'jszip'
import { expect, test } from 'vitest'
import { isModelDrop, modelAmong } from './model-drop.ts'
import { namesInZip } from './names-in-zip.ts'
import type { DroppedFile } from './upload.ts'

const empty = (path: string): DroppedFile => ({ path, file: new File([], path) })
const dropOf = (...files: DroppedFile[]) => ({
  roots: [],
  files: {
    async *[Symbol.asyncIterator]() {
      yield* files
    },
  },
})

test.each([
  [['best.onnx'], true],
  [['Best.ONNX', 'best.txt'], true],
  [['encoder.onnx', 'decoder.onnx'], true],
  [['yolov8n.yaml'], true],
  [['checkpoint.pt'], true],
  [['pack/manifest.json', 'pack/model.onnx'], true],
  [['photos/a.jpg', 'photos/model.onnx'], false],
  [['model.onnx', 'street.mp4'], false],
  [['dataset/data.yaml', 'dataset/labels/1.txt'], false],
  [['coco.json'], false],
  [['a.jpg'], false],
  [[], false],
])('a drop of %j is a model: %s', async (paths, is) => {
  expect(await isModelDrop(dropOf(...paths.map(empty)))).toBe(is)
})

async function zipOf(...names: string[]): Promise<File> {
  const zip = new JSZip()
  for (const name of names) zip.file(name, 'x'.repeat(100))
  const bytes = await zip.generateAsync({ type: 'arraybuffer', comment: 'made by a test' })
  return new File([bytes], 'any.zip')
}

test('an archive is a model when it holds one, and media when it holds pictures', async () => {
  const pack = await zipOf('pack/manifest.json', 'pack/größe.onnx')
  expect(await namesInZip(pack)).toEqual(expect.arrayContaining(['pack/größe.onnx']))
  expect(await isModelDrop(dropOf({ path: 'any.zip', file: pack }))).toBe(true)
  for (const media of [await zipOf('a.jpg', 'b.jpg'), await zipOf('a.jpg', 'b.onnx')])
    expect(await isModelDrop(dropOf({ path: 'any.zip', file: media }))).toBe(false)
})

test('of an archive that was cut anywhere nothing is said, and nothing breaks', async () => {
  const bytes = new Uint8Array(await (await zipOf('a.onnx', 'b.onnx')).arrayBuffer())
  for (let length = 0; length < bytes.length - 40; length += 1)
    expect(await namesInZip(new Blob([bytes.slice(0, length)]))).toEqual([])
  const wild = bytes.slice()
  wild.fill(0xff, wild.length - 30, wild.length - 14)
  expect(await namesInZip(new Blob([wild]))).toEqual([])
})

test.each([
  [['/m/a.onnx'], '/m/a.onnx'],
  [['/m/decoder.onnx', '/m/encoder.onnx'], '/m/decoder.onnx'],
  [['/m/net.onnx', '/m/net.yaml'], '/m/net.yaml'],
  [['C:\\m\\net.onnx', 'C:\\m\\manifest.json'], 'C:\\m\\manifest.json'],
  [['/m/classes.txt', '/m/net.onnx'], '/m/net.onnx'],
  [['/m/folder'], '/m/folder'],
  [[], null],
])('of %j the card looks at %s', (paths, path) => expect(modelAmong(paths)).toBe(path))
