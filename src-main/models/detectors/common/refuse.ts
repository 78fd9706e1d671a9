import { AppError } from '#shared/errors/app-error.ts'
import type { Tensor, ValueFacts } from '../../family.ts'

/** Manifest and file do not go together. @param problem a clause without a full stop */
export function misfit(id: string, problem: string): AppError {
  return new AppError('MODEL_MISFIT', { id, problem })
}

export function invalidOutput(id: string, problem: string): AppError {
  return new AppError('MODEL_OUTPUT_INVALID', { id, problem })
}

/** `output0 [1, 84, 8400]` */
export function described({ name, dims }: { name: string; dims: ValueFacts['dims'] }): string {
  return `${name} [${dims.join(', ')}]`
}

/** A family's clause about an output that is of another kind. */
export function unexpected(
  id: string,
  output: { name: string; dims: ValueFacts['dims'] },
  expected: string,
): AppError {
  return misfit(id, `its output is ${described(output)}, and ${expected} was expected`)
}

export interface NamedTensor extends Tensor {
  readonly name: string
}

/** Outputs of a run in the order in which the file names them. @throws MODEL_MISFIT when one is missing */
export function inOrder(
  id: string,
  outputs: Readonly<Record<string, Tensor>>,
  facts: readonly ValueFacts[],
): NamedTensor[] {
  return facts.map(({ name }) => {
    const tensor = outputs[name]
    if (tensor === undefined) throw misfit(id, `its output ${name} did not come`)
    const wanted = tensor.dims.reduce((product, size) => product * size, 1)
    if (tensor.data.length !== wanted)
      throw invalidOutput(
        id,
        `${described({ name, dims: tensor.dims })} came with ${tensor.data.length} numbers`,
      )
    return { ...tensor, name }
  })
}

/** @throws MODEL_MISFIT for a tensor of other than floats */
export function floats(id: string, tensor: NamedTensor): Float32Array | Float64Array {
  if (tensor.data instanceof Float32Array || tensor.data instanceof Float64Array) return tensor.data
  throw misfit(id, `its output ${described(tensor)} is ${tensor.type}, and floats were expected`)
}

/** Of all candidates none had finite numbers: such a model is broken, and "nothing found" would be a lie. */
export function allBroken(id: string, count: number): AppError {
  return invalidOutput(
    id,
    `none of its ${count} candidates has finite numbers (NaN or infinity instead)`,
  )
}
