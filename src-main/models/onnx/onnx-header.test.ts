import { execFileSync } from 'node:child_process'
import { mkdtemp, readFile, rm, symlink, truncate, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import fc from 'fast-check'
import { InferenceSession } from 'onnxruntime-node'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { AppError } from '#shared/errors/app-error.ts'
import { readOnnxHeader } from './onnx-header.ts'
import { type TinyModel, tinyModel } from './testing/tiny-onnx.ts'

let folder = ''
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'onnx-header-'))
})
afterAll(() => rm(folder, { recursive: true, force: true }))

let files = 0
async function file(bytes: string | Uint8Array): Promise<string> {
  const path = join(folder, `${++files}.onnx`)
  await writeFile(path, typeof bytes === 'string' ? Buffer.from(bytes, 'latin1') : bytes)
  return path
}

const shipped = (path: string) => fileURLToPath(new URL(`../../../models/${path}`, import.meta.url))

const plain: TinyModel = {
  inputs: { x: { type: 'float16', dims: [1, 3, 'height', 'width'] } },
  outputs: { y: { type: 'int64', dims: ['n', null] }, z: { type: 'string' } },
  nodes: [{ op: 'Shape', inputs: ['x'], outputs: ['y'] }],
  metadata: { task: 'detect', ['__proto__']: 'a trap' },
  producer: 'somebody',
}

describe('what an ONNX file says of itself', () => {
  it('is read without its weights', async () => {
    const weights = { type: 'float32', dims: [100_000], data: new Float32Array(100_000) } as const
    const bytes = tinyModel({
      ...plain,
      inputs: { ...plain.inputs, weights: { type: 'float32', dims: [100_000] } },
      initializers: { weights, small: { type: 'float32', dims: [1], data: [1] } },
      opsets: { 'com.microsoft': 1 },
    })
    const { facts, irVersion } = await readOnnxHeader(await file(bytes))
    expect(irVersion).toBe(8)
    expect(Object.keys(facts.metadata)).toEqual(['task', '__proto__'])
    expect(facts).toEqual({
      sizeBytes: bytes.length,
      opsets: { '': 17, 'com.microsoft': 1 },
      producer: 'somebody',
      metadata: facts.metadata,
      inputs: [{ name: 'x', type: 'float16', dims: [1, 3, 'height', 'width'] }],
      outputs: [
        { name: 'y', type: 'int64', dims: ['n', '?'] },
        { name: 'z', type: 'string', dims: [] },
      ],
    })
  })

  it.each(['desk-detect/desk-detect.onnx', 'desk-sam/desk-sam-decoder.onnx'])(
    'is what ONNX Runtime sees in %s',
    async (path) => {
      const { facts } = await readOnnxHeader(shipped(path))
      const session = await InferenceSession.create(shipped(path))
      const seen = (values: readonly InferenceSession.ValueMetadata[]) =>
        values.map((one) => one.isTensor && { name: one.name, type: one.type, dims: one.shape })
      expect(facts.inputs).toEqual(seen(session.inputMetadata))
      expect(facts.outputs).toEqual(seen(session.outputMetadata))
    },
  )

  it('takes 0 and -1 for dims that vary, and what is no tensor for none', async () => {
    const bytes = tinyModel({
      ...plain,
      inputs: { x: { type: 'float32', dims: [-1, 0, 7] } },
    })
    const { facts } = await readOnnxHeader(await file(bytes))
    expect(facts.inputs[0]?.dims).toEqual(['?', '?', 7])
  })
})

describe('weights in other files', () => {
  const outside = (location: string, length = 8): TinyModel => ({
    ...plain,
    initializers: { w: { type: 'float32', dims: [2], location, offset: 4, length } },
  })

  it('are counted when they are there', async () => {
    await writeFile(join(folder, 'weights.bin'), new Uint8Array(12))
    const bytes = tinyModel(outside('weights.bin'))
    const header = await readOnnxHeader(await file(bytes))
    expect(header.externalFiles).toEqual([{ location: 'weights.bin', sizeBytes: 12 }])
    expect(header.facts.sizeBytes).toBe(bytes.length + 12)
  })

  it.each([
    ['missing', 'nowhere.bin', 8, 'nowhere.bin, which is not beside it'],
    ['cut off', 'weights.bin', 9, 'weights.bin are cut off'],
    ['of a negative length', 'weights.bin', -1, 'cut off'],
    ['above their folder', '../weights.bin', 8, 'outside of its folder'],
    ['above their folder on Windows', '..\\weights.bin', 8, 'outside of its folder'],
    ['at an absolute path', '/etc/passwd', 8, 'outside of its folder'],
    ['on a drive', 'c:weights.bin', 8, 'outside of its folder'],
  ])('are refused when they are %s', async (_what, location, length, problem) => {
    await writeFile(join(folder, 'weights.bin'), new Uint8Array(12))
    const path = await file(tinyModel(outside(location, length)))
    await expect(readOnnxHeader(path)).rejects.toThrow(problem)
  })
})

describe('what is no model', () => {
  it.each([
    ['nothing', '', 'it is empty'],
    ['zeros', '\0'.repeat(600), 'full of zeros'],
    ['a checkpoint', 'PK\x03\x04\0\0\0\0yolo/data.pkl', 'a PyTorch checkpoint'],
    ['an old checkpoint', '\x80\x02\x8a\nl\xfc\x9cF\xf9 j\xa8P\x19.', 'a pickle'],
    ['a zip', 'PK\x03\x04\0\0\0\0model.onnx', 'a zip archive'],
    ['Keras', '\x89HDF\r\n\x1a\n\0\0', 'HDF5'],
    ['TensorFlow Lite', '\x1c\0\0\0TFL3\0\0', 'TensorFlow Lite'],
    ['safetensors', '\x40\0\0\0\0\0\0\0{"weight":{"dtype"', 'safetensors'],
    ['a web page', '\n<!DOCTYPE html><html>', 'a web page'],
    ['OpenVINO', '<?xml version="1.0"?>\n<net name="x">', 'OpenVINO'],
    ['JSON', '{"message":"Not Found"}', 'a JSON text'],
    ['a pointer', 'version https://git-lfs.github.com/spec/v1\noid sha256:0', 'Git LFS'],
    ['a text', 'model: yolov8\n', 'it is no ONNX file'],
    ['a frozen graph', '\x0a\x10\x0a\x05input\x12\x07Placeh', 'it is no ONNX file'],
    ['a message without a network', '\x08\x08\x12\x01x', 'there is no network in it'],
  ])('%s is refused as what it is', async (_what, bytes, problem) => {
    const path = await file(bytes)
    await expect(readOnnxHeader(path)).rejects.toMatchObject({
      code: 'MODEL_UNREADABLE',
      message: expect.stringContaining(problem),
    })
  })

  it('a folder, and what is not there', async () => {
    await expect(readOnnxHeader(folder)).rejects.toThrow('it is not a file')
    if (process.platform !== 'win32') {
      const pipe = join(folder, 'pipe.onnx')
      execFileSync('mkfifo', [pipe])
      await expect(readOnnxHeader(pipe)).rejects.toThrow('it is not a file')
    }
    await expect(readOnnxHeader(join(folder, 'none'))).rejects.toThrow('it is not there')
    const loop = join(folder, 'loop')
    await symlink(loop, loop)
    await expect(readOnnxHeader(loop)).rejects.toThrow('cannot be read (ELOOP)')
  })

  it.each([
    [{ opset: 27 }, 'opset 27, and 26 is the newest'],
    [{ opsets: { 'ai.onnx.ml': 6 } }, 'opset 6 of ai.onnx.ml, and 5'],
    [{ irVersion: 14 }, 'version 14 of the ONNX format, and 13'],
  ])('what is newer than its runtime: %j', async (given, problem) => {
    const path = await file(tinyModel({ ...plain, ...given }))
    await expect(readOnnxHeader(path)).rejects.toThrow(problem)
  })

  it('4 GB in one file, as quickly as any', async () => {
    const path = await file(tinyModel(plain))
    await truncate(path, 2 ** 32)
    await expect(readOnnxHeader(path)).rejects.toThrow('it has 4.0 GB')
  })

  it('what was cut off, wherever', async () => {
    const whole = await readFile(shipped('desk-sam/desk-sam-decoder.onnx'))
    for (const share of [0.001, 0.1, 0.5, 0.99, 0.9999]) {
      const path = await file(whole.subarray(0, Math.floor(whole.length * share)))
      await expect(readOnnxHeader(path)).rejects.toThrow('it is cut off: at least')
    }
  })

  it('anything at all is read or refused, and nothing else', async () => {
    const seed = tinyModel({
      ...plain,
      initializers: { w: { type: 'float32', dims: [2], data: [1, 2] } },
    })
    const bytes = fc
      .array(fc.tuple(fc.nat(seed.length - 1), fc.nat(255)), { maxLength: 4 })
      .chain((changes) => fc.tuple(fc.constant(changes), fc.integer({ min: 1, max: seed.length })))
      .map(([changes, length]) => {
        const made = Uint8Array.from(seed)
        for (const [at, value] of changes) made[at] = value
        return made.subarray(0, length)
      })
    await fc.assert(
      fc.asyncProperty(fc.oneof(bytes, fc.uint8Array({ maxLength: 200 })), async (given) => {
        const path = join(folder, 'fuzz.onnx')
        await writeFile(path, given)
        const answer = await readOnnxHeader(path).catch((error) => error)
        if (answer instanceof AppError) expect(answer.code).toBe('MODEL_UNREADABLE')
        else expect(answer.facts.outputs.length).toBeGreaterThan(0)
      }),
      { numRuns: 500 },
    )
  })
})
