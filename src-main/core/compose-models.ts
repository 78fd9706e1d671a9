import { rm } from 'node:fs/promises'
import { join, sep } from 'node:path'
import { fileURLToPath } from 'node:url'
import { benchReportSchema } from '#shared/domain/model.ts'
import { createDevices } from '../models/onnx/devices/devices.ts'
import { createTrials } from '../models/onnx/devices/trials.ts'
import { createInference } from '../models/onnx/inference.ts'
import { createOnnxFunctions, type OnnxFunctions } from '../models/onnx/onnx-functions.ts'
import { modelFolders } from '../models/packs/install/folders.ts'
import { sweep } from '../models/packs/install/swap.ts'
import { cataloguePathOf, createModelLibrary } from '../models/packs/library.ts'
import { createPackShelf } from '../models/packs/pack-shelf.ts'
import { createSettingsFile } from '../models/packs/settings-file.ts'
import { cacheDir, modelsDir, uploadOf } from './data-layout.ts'
import type { ModelLibrary, NetworkLog, RequestRunner, RunScript } from './ports.ts'
import { benchModelParams, installModelParams } from './usecases/models/work-params.ts'

export interface ModelOptions {
  readonly dataDir: string
  readonly version: string
  readonly log: NetworkLog
  /** Folder of the packs that ship; by default `models` of the checkout or the packed app. */
  readonly shippedDir?: string
  /** How a script is run in a process of its own; with Node unless given. */
  readonly runScript?: RunScript | undefined
}

/** ONNX models: the packs there are, the threads that run them, and both as a provider of functions. */
export async function composeModels({
  dataDir,
  version,
  log,
  runScript,
  shippedDir = defaultShippedDir(),
}: ModelOptions): Promise<{ readonly onnx: OnnxFunctions; readonly library: ModelLibrary }> {
  const folders = modelFolders(modelsDir(dataDir))
  await sweep(folders)
  const settings = createSettingsFile(join(folders.packs, 'settings.json'))
  const { memoryLimit } = await settings.read()
  const shelf = createPackShelf({ shippedDir, installedDir: folders.packs }, settings)
  const trials = createTrials(join(modelsDir(dataDir), 'trials.json'), runScript)
  const inference = createInference({
    embeddingsDir: join(cacheDir(dataDir), 'embeddings'),
    ...(memoryLimit === undefined ? {} : { memoryLimit }),
  })
  const devices = createDevices(trials)
  const onnx = createOnnxFunctions({ packs: shelf, inference, devices })
  const library = createModelLibrary({
    ...{ folders, shelf, settings, inference, onnx, devices, log },
    cataloguePath: cataloguePathOf(shippedDir),
    agent: `Fieldmark/${version}`,
  })
  return { onnx, library }
}

/**
 * Installing and measuring run here and not on a worker thread: models are loaded in one place, and the rest is waiting for the
 * network and for the drive, a piece of a megabyte at a time.
 */
export function withModelWork(
  runner: RequestRunner,
  library: ModelLibrary,
  dataDir: string,
): RequestRunner {
  return {
    ...runner,
    async run(request, params, hooks) {
      if (request.kind === 'install-model') {
        const order = installModelParams.parse(params)
        const model = await library.install(order, hooks)
        // A browser's drop was copied here, and now lies here twice.
        const upload = uploadOf(dataDir, order.from)
        if (upload !== null) await rm(upload, { recursive: true, force: true })
        return model
      }
      if (request.kind === 'bench-model') {
        const { id } = benchModelParams.parse(params)
        return benchReportSchema.parse({ id, rows: await library.bench(id, hooks) })
      }
      return runner.run(request, params, hooks)
    },
  }
}

/**
 * Both `src-main/core` and `dist/main` lie two folders below the root that holds models/. In the packed app that is an archive, which
 * ONNX Runtime cannot look into: the models lie unpacked beside it.
 */
function defaultShippedDir(): string {
  const dir = fileURLToPath(new URL('../../models', import.meta.url))
  return dir.replace(`${sep}app.asar${sep}`, `${sep}app.asar.unpacked${sep}`)
}
