import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { type ModelManifestInput, modelManifestSchema } from '#shared/domain/model-manifest.ts'
import type { ModelPack } from '../../../core/ports.ts'
import { type TinyModel, tinyModel } from './tiny-onnx.ts'

/** A pack of one net in a folder of its own. */
export async function tinyPack(
  dir: string,
  model: TinyModel | Uint8Array,
  given: Pick<ModelManifestInput, 'id' | 'kind' | 'family'> & Partial<ModelManifestInput>,
): Promise<ModelPack> {
  const folder = join(dir, given.id)
  await mkdir(folder, { recursive: true })
  const bytes = model instanceof Uint8Array ? model : tinyModel(model)
  await writeFile(join(folder, 'model.onnx'), bytes)
  const manifest = modelManifestSchema.parse({
    ...{ manifest: 1, name: given.id, files: { model: { path: 'model.onnx' } } },
    ...given,
  })
  return {
    ...{ id: given.id, manifest, origin: 'installed', folder, sizeBytes: bytes.length },
    ...{ card: '', stamp: String(bytes.length), problem: null, executionProvider: null },
  }
}

/** A detector of 32 x 32 pixels with one class, which finds the same on every picture. */
export function tinyYolo(
  /** Each `[cx, cy, w, h, score]`. */
  boxes: readonly (readonly [number, number, number, number, number])[],
  options: { readonly type?: 'float32' | 'float16'; readonly before?: TinyModel } = {},
): TinyModel {
  const { type = 'float32', before } = options
  const dims = [1, 5, boxes.length]
  const data = [0, 1, 2, 3, 4].flatMap((row) => boxes.map((box) => box[row] ?? 0))
  const table = { type, dims, data } as const
  const asFloat = { type, dims: [1], data: [0] } as const
  return {
    inputs: { images: { type, dims: [1, 3, 32, 32] } },
    outputs: { output0: { type, dims } },
    initializers: { table, nothing: asFloat, ...before?.initializers },
    nodes: before
      ? [
          ...before.nodes,
          // What comes before must be done, and changes nothing.
          { op: 'Cast', inputs: ['y'], outputs: ['done'], attributes: { to: 1 } },
          { op: 'Mul', inputs: ['done', 'nothing'], outputs: ['noChange'] },
          { op: 'Add', inputs: ['table', 'noChange'], outputs: ['output0'] },
        ]
      : [{ op: 'Identity', inputs: ['table'], outputs: ['output0'] }],
  }
}
