import type { FunctionLabel } from '#shared/domain/function.ts'
import { type ModelManifest, modelManifestSchema } from '#shared/domain/model-manifest.ts'
import type { RgbPicture } from '../../../core/ports.ts'
import type {
  Detector,
  Family,
  ModelFacts,
  ModelRuntime,
  Recognised,
  Tensor,
  ValueFacts,
} from '../../family.ts'

/** Nets that are not there: what goes in is looked at, what comes out was made up. */
export interface StandIn {
  readonly input?: ValueFacts['dims']
  readonly inputType?: string
  readonly inputs?: readonly ValueFacts[]
  readonly outputs: Readonly<Record<string, Tensor>>
  /** Dims as the file declares them, where it leaves some open. */
  readonly declared?: Readonly<Record<string, ValueFacts['dims']>>
  readonly metadata?: Readonly<Record<string, string>>
}

export function factsOf({
  input,
  inputType,
  inputs,
  outputs,
  declared,
  metadata,
}: StandIn): ModelFacts {
  const picture = { name: 'images', type: inputType ?? 'float32', dims: input ?? [1, 3, 32, 64] }
  return {
    ...{ sizeBytes: 1, opsets: { '': 17 }, producer: 'test', metadata: metadata ?? {} },
    inputs: inputs ?? [picture],
    outputs: Object.entries(outputs).map(([name, { type, dims }]) => {
      return { name, type, dims: declared?.[name] ?? dims }
    }),
  }
}

/** @param row  numbers of a table; its dims are [1, rows, columns] */
export function table(rows: readonly (readonly number[])[]): Tensor {
  const columns = rows[0]?.length ?? 0
  return { type: 'float32', dims: [1, rows.length, columns], data: Float32Array.from(rows.flat()) }
}

/** The same the other way round: [1, columns, rows]. */
export function columns(rows: readonly (readonly number[])[]): Tensor {
  const width = rows[0]?.length ?? 0
  return table(Array.from({ length: width }, (_, c) => rows.map((row) => row[c] ?? 0)))
}

export function tensor(dims: readonly number[], data: readonly number[]): Tensor {
  return { type: 'float32', dims, data: Float32Array.from(data) }
}

export function labels(...names: readonly string[]): FunctionLabel[] {
  return names.map((name) => ({ name, type: 'any', attributes: [], sublabels: [], svg: null }))
}

export function manifestOf(family: Family, more: object = {}): ModelManifest {
  return modelManifestSchema.parse({
    ...{ manifest: 1, id: 'made-up', name: 'Made up', kind: family.kind, family: family.id },
    ...{ files: {}, ...more },
  })
}

export function openDetector(
  family: Family,
  standIn: StandIn,
  more: object = {},
): Detector & { readonly fed: Readonly<Record<string, Tensor>>[] } {
  if (family.kind !== 'detector') throw new Error(`${family.id} is no detector`)
  const fed: Readonly<Record<string, Tensor>>[] = []
  const runtime: ModelRuntime = {
    facts: () => factsOf(standIn),
    run: async (_role, feeds) => {
      fed.push(feeds)
      // Families may write into what a run gave them.
      return structuredClone(standIn.outputs) as Record<string, Tensor>
    },
  }
  return Object.assign(family.open(manifestOf(family, more), runtime), { fed })
}

export function picture(width: number, height: number, value = 0): RgbPicture {
  return { width, height, rgb: new Uint8Array(width * height * 3).fill(value) }
}

/** Families that a file is shown to, best first. */
export function recognised(
  families: readonly Family[],
  standIn: StandIn,
): { family: string; found: Recognised }[] {
  const model = factsOf(standIn)
  return families
    .flatMap((family) => {
      const found = family.recognise({ model })
      return found ? [{ family: family.id, found }] : []
    })
    .sort((a, b) => b.found.certainty - a.found.certainty)
}
