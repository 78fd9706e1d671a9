import { type ModelManifest, modelManifestSchema } from '#shared/domain/model-manifest.ts'
import type { RgbPicture } from '../../core/ports.ts'
import type { ModelFacts, ModelRuntime, Tensor } from '../family.ts'

/** A net of a test: what it says of itself, and what it answers. */
export interface FakeNet {
  /** By name. */
  readonly inputs: Readonly<Record<string, readonly (number | string)[]>>
  readonly outputs: Readonly<Record<string, readonly (number | string)[]>>
  /** Types that are not float32, by name of the input. */
  readonly types?: Readonly<Record<string, string>>
  run(feeds: Readonly<Record<string, Tensor>>): Record<string, Tensor>
}

/** Nets of plain arithmetic in place of sessions; `seen` keeps what each was fed, in order. */
export function fakeRuntime(nets: Readonly<Record<string, FakeNet>>) {
  const seen: { role: string; feeds: Readonly<Record<string, Tensor>> }[] = []
  const runtime: ModelRuntime = {
    facts: (role) => factsOf(netOf(nets, role)),
    async run(role, feeds) {
      const kept = Object.entries(feeds).map(([name, tensor]) => [
        name,
        { ...tensor, data: tensor.data.slice() },
      ])
      seen.push({ role, feeds: Object.fromEntries(kept) })
      return netOf(nets, role).run(feeds)
    },
  }
  return { runtime, seen }
}

function netOf(nets: Readonly<Record<string, FakeNet>>, role: string): FakeNet {
  const net = nets[role]
  if (!net) throw new Error(`no net ${role}`)
  return net
}

export function factsOf({ inputs, outputs, types = {} }: FakeNet): ModelFacts {
  const values = (all: FakeNet['inputs']) =>
    Object.entries(all).map(([name, dims]) => ({ name, dims, type: types[name] ?? 'float32' }))
  return {
    ...{ sizeBytes: 0, opsets: { '': 17 }, producer: '', metadata: {} },
    ...{ inputs: values(inputs), outputs: values(outputs) },
  }
}

export function manifestOf(
  given: Pick<ModelManifest, 'family' | 'kind'> & Record<string, unknown>,
): ModelManifest {
  return modelManifestSchema.parse({
    ...{ manifest: 1, id: 'test', name: 'Test', files: { model: { path: 'model.onnx' } } },
    ...given,
  })
}

export function tensor(dims: readonly number[], data: ArrayLike<number>): Tensor {
  return { type: 'float32', dims, data: Float32Array.from(data) }
}

/** A grey picture with a square of another grey; coordinates are pixels' edges. */
export function pictureWith(
  { width, height }: { width: number; height: number },
  [x1, y1, x2, y2]: readonly [number, number, number, number],
  { ground = 20, object = 220 } = {},
): RgbPicture {
  const rgb = new Uint8Array(width * height * 3).fill(ground)
  for (let y = y1; y < y2; y++) rgb.fill(object, (y * width + x1) * 3, (y * width + x2) * 3)
  return { width, height, rgb }
}
