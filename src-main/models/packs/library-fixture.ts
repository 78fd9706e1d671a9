import { cp, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { onTestFinished } from 'vitest'
import type { NetworkEntry } from '#shared/contract/connections.ts'
import type { InstallOrder, ModelLibrary, ModelWork } from '../../core/ports.ts'
import { threadsEnded } from '../../threads.ts'
import { createInference } from '../onnx/inference.ts'
import { createOnnxFunctions } from '../onnx/onnx-functions.ts'
import { processorOnly } from '../onnx/testing/processor-only.ts'
import { tinyModel } from '../onnx/testing/tiny-onnx.ts'
import { modelFolders } from './install/folders.ts'
import { sweep } from './install/swap.ts'
import { cataloguePathOf, createModelLibrary } from './library.ts'
import { createPackShelf } from './pack-shelf.ts'
import { createSettingsFile } from './settings-file.ts'

export const shippedDir = fileURLToPath(new URL('../../../models', import.meta.url))

export interface TestLibrary {
  readonly library: ModelLibrary
  /** Of this test alone: `models`, and what the test puts beside it. */
  readonly folder: string
  readonly models: string
  readonly entries: NetworkEntry[]
  install(
    order: Partial<InstallOrder> & { from: string },
    work?: Partial<ModelWork>,
  ): ReturnType<ModelLibrary['install']>
  /** Names of all that lies in `models`, what begins with a dot with its own entries. */
  left(): Promise<string[]>
}

/** A library over the real threads of inference, in a folder of its own. */
export async function openLibrary(folder?: string): Promise<TestLibrary> {
  const home = folder ?? (await mkdtemp(join(tmpdir(), 'fieldmark-library-')))
  const models = join(home, 'models')
  await mkdir(models, { recursive: true })
  const folders = modelFolders(models)
  await sweep(folders)
  const settings = createSettingsFile(join(models, 'settings.json'))
  const shelf = createPackShelf({ shippedDir, installedDir: models }, settings)
  const inference = createInference({ embeddingsDir: join(home, 'embeddings') })
  const devices = processorOnly()
  const onnx = createOnnxFunctions({ packs: shelf, inference, devices })
  const entries: NetworkEntry[] = []
  const log = { add: (entry: NetworkEntry) => void entries.push(entry), newest: () => entries }
  const library = createModelLibrary({
    ...{ folders, shelf, settings, inference, onnx, devices, log, pausesMs: [0, 0] },
    cataloguePath: cataloguePathOf(shippedDir),
    agent: 'Fieldmark/test',
  })
  onTestFinished(async () => {
    await onnx.close()
    await threadsEnded()
    await rm(home, { recursive: true, force: true })
  })
  return {
    ...{ library, folder: home, models, entries },
    install: (order, work) =>
      library.install(
        { overwrite: false, ...order },
        { signal: new AbortController().signal, onProgress: () => {}, ...work },
      ),
    left: async () => (await readdir(models)).sort(),
  }
}

/** A pack of the desk's detector under another id. */
export async function copyPack(
  to: string,
  change: (manifest: Record<string, unknown>) => void = () => {},
): Promise<string> {
  await cp(join(shippedDir, 'desk-detect'), to, { recursive: true })
  const path = join(to, 'manifest.json')
  const manifest = JSON.parse(await readFile(path, 'utf8'))
  manifest.id = 'mine'
  change(manifest)
  await writeFile(path, JSON.stringify(manifest))
  return to
}

/** A YOLOv8 of two classes that finds nothing: all its numbers are 0. */
export function emptyYolo(): Uint8Array<ArrayBuffer> {
  return tinyModel({
    inputs: { images: { type: 'float32', dims: [1, 3, 32, 32] } },
    outputs: { output0: { type: 'float32', dims: [1, 6, 21] } },
    initializers: {
      zeros: { type: 'float32', dims: [1, 6, 21], data: new Float32Array(126) },
      start: { type: 'float32', dims: [1], data: [0] },
    },
    nodes: [
      { op: 'ReduceSum', inputs: ['images'], outputs: ['sum'], attributes: { keepdims: 0 } },
      { op: 'Mul', inputs: ['sum', 'start'], outputs: ['nothing'] },
      { op: 'Add', inputs: ['zeros', 'nothing'], outputs: ['output0'] },
    ],
    metadata: { task: 'detect', names: "{0: 'cat', 1: 'dog'}" },
  })
}
