import { AppError } from '#shared/errors/app-error.ts'
import type { ModelFacts, Tensor, ValueFacts } from '../family.ts'

/** A few numbers as the type a net declares for an input: exporters differ on whether a size is a float or an integer. */
export function feedOf(
  facts: ValueFacts | undefined,
  values: ArrayLike<number>,
  dims: readonly number[],
): Tensor {
  switch (facts?.type) {
    case 'int64':
      return { type: 'int64', dims, data: BigInt64Array.from(Array.from(values, wholeBig)) }
    case 'int32':
      return { type: 'int32', dims, data: Int32Array.from(Array.from(values, Math.round)) }
    case 'float64':
      return { type: 'float64', dims, data: Float64Array.from(values) }
    case 'bool':
      return { type: 'bool', dims, data: Uint8Array.from(values) }
    default:
      return { type: 'float32', dims, data: Float32Array.from(values) }
  }
}

const wholeBig = (value: number) => BigInt(Math.round(value))

export function inputNamed(facts: ModelFacts, names: readonly string[]): ValueFacts | undefined {
  return facts.inputs.find(({ name }) => names.includes(name))
}

/** The only input there is, or the one of these names. @throws MODEL_MISFIT */
export function inputOf(id: string, facts: ModelFacts, names: readonly string[] = []): ValueFacts {
  const found =
    inputNamed(facts, names) ?? (facts.inputs.length === 1 ? facts.inputs[0] : undefined)
  if (found) return found
  const has = facts.inputs.map(({ name }) => name).join(', ')
  const wanted = names.length > 0 ? names.join(' or ') : 'one input'
  throw new AppError('MODEL_MISFIT', {
    id,
    problem: `it has no ${wanted}, only ${has || 'nothing'}`,
  })
}

/**
 * An output as numbers. @throws MODEL_OUTPUT_INVALID for one that is missing, of another rank, or cut short
 */
export function outputOf(
  id: string,
  outputs: Readonly<Record<string, Tensor>>,
  names: readonly string[],
  rank?: number,
): Tensor & { readonly data: Float32Array | Float64Array } {
  const name = names.find((one) => outputs[one])
  const found = name === undefined ? undefined : outputs[name]
  if (!found) throw invalid(id, `there is no output ${names.join(' or ')}`)
  const { dims, data } = found
  if (rank !== undefined && dims.length !== rank)
    throw invalid(id, `${name} has dims [${dims.join(', ')}], not ${rank} of them`)
  if (data.length !== dims.reduce((product, side) => product * side, 1))
    throw invalid(id, `${name} has ${data.length} values for dims [${dims.join(', ')}]`)
  if (data instanceof Float32Array || data instanceof Float64Array) return { ...found, data }
  return { ...found, data: Float64Array.from(data as ArrayLike<number | bigint>, Number) }
}

/** @throws MODEL_OUTPUT_INVALID when one is no number, or infinite */
export function requireFinite(
  id: string,
  what: string,
  data: ArrayLike<number>,
  start = 0,
  count = data.length - start,
): void {
  for (let i = start; i < start + count; i++)
    if (!Number.isFinite(data[i])) throw invalid(id, `${what} holds values that are no numbers`)
}

export function invalid(id: string, problem: string): AppError {
  return new AppError('MODEL_OUTPUT_INVALID', { id, problem })
}
