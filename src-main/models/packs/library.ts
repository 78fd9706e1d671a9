import { join } from 'node:path'
import type { BenchRow, ExecutionProvider, Model } from '#shared/domain/model.ts'
import type { ModelManifest } from '#shared/domain/model-manifest.ts'
import { AppError } from '#shared/errors/app-error.ts'
import type { ModelLibrary, ModelPack, NetworkLog } from '../../core/ports.ts'
import { families } from '../families.ts'
import { functionIdOf, parametersOf } from '../onnx/function-info.ts'
import type { Inference } from '../onnx/inference.ts'
import { measuringPicture } from '../onnx/measuring-picture.ts'
import type { OnnxFunctions } from '../onnx/onnx-functions.ts'
import { completeValues } from '../parameter-values.ts'
import { benchModel } from './bench-model.ts'
import { readCatalogue } from './catalogue.ts'
import { inspectSource } from './inspect/inspect.ts'
import { onDisk } from './install/disk-errors.ts'
import { type ModelFolders, makeScratch } from './install/folders.ts'
import { installModel } from './install/install.ts'
import { takeAway } from './install/swap.ts'
import { checkManifest } from './manifest/parse-manifest.ts'
import type { PackShelf } from './pack-shelf.ts'
import type { SettingsFile } from './settings-file.ts'
import { openSource } from './source/open-source.ts'

export interface LibraryDeps {
  readonly folders: ModelFolders
  readonly cataloguePath: string
  readonly shelf: PackShelf
  readonly settings: SettingsFile
  readonly inference: Inference
  readonly onnx: Pick<OnnxFunctions, 'running' | 'forget' | 'measured'>
  readonly devices: { list(): Promise<ExecutionProvider[]> }
  readonly log: NetworkLog
  /** `User-Agent` of downloads. */
  readonly agent: string
  /** For tests: pauses between tries of a download. */
  readonly pausesMs?: readonly number[]
}

/** Models as packs, over the shelf they lie on and the threads that run them. */
export function createModelLibrary(deps: LibraryDeps): ModelLibrary {
  const { folders, shelf, settings, inference, onnx, devices } = deps
  const scratch = () => makeScratch(folders)
  const turns = createTurns()

  async function get(id: string): Promise<ModelPack> {
    const pack = await shelf.get(id)
    if (pack) return pack
    throw new AppError('NOT_FOUND', { what: 'model', id })
  }

  function shown(pack: ModelPack): Model {
    const { stamp: _stamp, ...model } = pack
    const { runsOn, speedMs } = onnx.running(pack.id)
    return { ...model, functionId: functionIdOf(pack.id), runsOn, speedMs }
  }

  async function refuseTaken(id: string, overwrite: boolean): Promise<void> {
    const there = await shelf.get(id)
    if (there?.origin === 'shipped') throw new AppError('MODEL_SHIPPED', { id })
    if (there && !overwrite) throw new AppError('MODEL_EXISTS', { id })
  }

  return {
    list: async () => (await shelf.list()).map(shown),
    async inspect(path, said) {
      const source = await openSource(path, { scratch })
      try {
        return await inspectSource(source, path, families, said)
      } finally {
        await source.close()
      }
    },
    async try(path, manifest, picture) {
      const source = await openSource(path, { scratch })
      try {
        const pack = packOf(source.folder, checkManifest(manifest, path))
        if (pack.manifest.kind !== 'detector') {
          const { id, kind } = pack.manifest
          throw new AppError('FUNCTION_WRONG_KIND', { id, kind, wanted: 'detector' })
        }
        const parameters = completeValues(parametersOf(pack.manifest), {})
        const { result, tookMs } = await inference.call(pack, {
          ...{ verb: 'detect', ask: { parameters }, picture: () => picture.pixels() },
          ...{ lane: 'now', executionProvider: 'cpu' },
        })
        return { detections: result, tookMs }
      } finally {
        inference.forget(TRIED)
        await source.close()
      }
    },
    install: (order, work) =>
      turns.take(order.from, async () => {
        const common = { ...deps, families, refuseTaken, release: onnx.forget }
        const { id } = await installModel(
          { ...common, tryLoading: (...pack) => tryLoading(inference, ...pack) },
          order,
          work,
        )
        return shown(await get(id))
      }),
    async remove(id) {
      const pack = await get(id)
      if (pack.origin === 'shipped') throw new AppError('MODEL_SHIPPED', { id })
      onnx.forget(id)
      await onDisk(folders.packs, () => takeAway(folders, id))
      await chooseDevice(settings, id, null)
    },
    async setExecutionProvider(id, executionProvider) {
      await get(id)
      const available = (await devices.list()).filter((one) => one.available)
      if (executionProvider !== null && !available.some(({ name }) => name === executionProvider)) {
        throw new AppError('MODEL_DEVICE_UNKNOWN', {
          ...{ id, device: executionProvider },
          available: available.map(({ name }) => name).join(', '),
        })
      }
      onnx.forget(id)
      await chooseDevice(settings, id, executionProvider)
      return shown(await get(id))
    },
    async bench(id, work) {
      const pack = await get(id)
      if (pack.problem) throw new AppError('FUNCTION_UNAVAILABLE', { id, detail: clause(pack) })
      const rows = await benchModel(pack, await devices.list(), inference, work)
      const ms = msWhereItRuns(rows, pack.executionProvider ?? onnx.running(id).runsOn)
      if (ms !== null) onnx.measured(id, ms)
      return rows
    },
    async devices() {
      const { limit, used } = inference.memory()
      return { executionProviders: await devices.list(), memoryLimit: limit, memoryUsed: used }
    },
    async setMemoryLimit(bytes) {
      await settings.change((before) => ({ ...before, memoryLimit: bytes }))
      inference.setMemoryLimit(bytes)
      return { memoryLimit: bytes }
    },
    catalogue: () => readCatalogue(deps.cataloguePath),
    families: () =>
      families.map(({ id, name, kind, roles }) => ({ id, name, kind, roles: [...roles] })),
  }
}

const clause = ({ problem }: ModelPack) => (problem?.message ?? '').replace(/\.$/, '')

/** Of the device it runs on; of the quickest while that is not known. */
function msWhereItRuns(rows: readonly BenchRow[], device: string | null): number | null {
  const own = rows.find((row) => row.executionProvider === device)?.medianMs
  const all = rows.flatMap(({ medianMs }) => medianMs ?? [])
  return own ?? (all.length > 0 ? Math.min(...all) : null)
}

/** Under which a model is loaded that is not installed: no id of a manifest begins with a dot. */
const TRIED = '.tried'
let tries = 0

function packOf(folder: string, manifest: ModelManifest): ModelPack {
  tries += 1
  return {
    id: TRIED,
    manifest,
    folder,
    origin: 'installed',
    sizeBytes: Object.values(manifest.files).reduce((sum, file) => sum + (file.sizeBytes ?? 0), 0),
    card: '',
    stamp: `try ${tries}`,
    problem: null,
    executionProvider: null,
  }
}

/**
 * One session each, and the family's own look at inputs and outputs. A detector sees a picture, too: what its outputs are is often
 * known only then.
 */
async function tryLoading(
  inference: Inference,
  folder: string,
  manifest: ModelManifest,
  signal: AbortSignal,
): Promise<void> {
  const pack = packOf(folder, manifest)
  const common = { lane: 'batch', executionProvider: 'cpu', signal } as const
  try {
    await inference.call(pack, { verb: 'load', ask: {}, picture: null, ...common })
    if (manifest.kind !== 'detector') return
    const parameters = completeValues(parametersOf(manifest), {})
    const picture = async () => measuringPicture(0)
    await inference.call(pack, { verb: 'detect', ask: { parameters }, picture, ...common })
  } finally {
    inference.forget(TRIED)
  }
}

async function chooseDevice(settings: SettingsFile, id: string, chosen: string | null) {
  await settings.change((before) => {
    const { [id]: _before, ...others } = before.executionProviders
    const executionProviders = chosen === null ? others : { ...others, [id]: chosen }
    return { ...before, executionProviders }
  })
}

/** Two orders of one address would write into one part of a file: the second waits, and finds it whole. */
function createTurns() {
  const running = new Map<string, Promise<unknown>>()
  return {
    async take<T>(key: string, work: () => Promise<T>): Promise<T> {
      const turn = (running.get(key) ?? Promise.resolve()).catch(() => undefined).then(work)
      running.set(key, turn)
      try {
        return await turn
      } finally {
        if (running.get(key) === turn) running.delete(key)
      }
    },
  }
}

export const cataloguePathOf = (shippedDir: string) => join(shippedDir, 'catalogue.json')
