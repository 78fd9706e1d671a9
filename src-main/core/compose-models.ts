import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { createDevices } from '../models/onnx/devices.ts'
import { createInference } from '../models/onnx/inference.ts'
import { createOnnxFunctions, type OnnxFunctions } from '../models/onnx/onnx-functions.ts'
import { createPackShelf } from '../models/packs/pack-shelf.ts'
import { createSettingsFile } from '../models/packs/settings-file.ts'
import { cacheDir, modelsDir } from './data-layout.ts'

/** ONNX models: the packs there are, the threads that run them, and both as a provider of functions. */
export function composeModels(
  dataDir: string,
  shippedDir = defaultShippedDir(),
): { readonly onnx: OnnxFunctions } {
  const settings = createSettingsFile(join(modelsDir(dataDir), 'settings.json'))
  const packs = createPackShelf({ shippedDir, installedDir: modelsDir(dataDir) }, settings)
  const inference = createInference({ embeddingsDir: join(cacheDir(dataDir), 'embeddings') })
  return { onnx: createOnnxFunctions({ packs, inference, devices: createDevices() }) }
}

/** Both `src-main/core` and `dist/main` lie two folders below the root that holds models/. */
function defaultShippedDir(): string {
  return fileURLToPath(new URL('../../models', import.meta.url))
}
