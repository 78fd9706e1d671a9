import type { FunctionInfo, FunctionParameter, ParameterValues } from '#shared/domain/function.ts'
import { AppError } from '#shared/errors/app-error.ts'

/** @throws INPUT_INVALID for what the function has not, or what cannot be a value of it */
export function checkParameters({ id, parameters }: FunctionInfo, given: ParameterValues): void {
  for (const [name, value] of Object.entries(given)) {
    const known = parameters.find((one) => one.name === name)
    const problem = known ? problemOf(known, value) : `${id} has no such parameter`
    if (problem !== null) throw new AppError('INPUT_INVALID', { where: name, problem })
  }
}

function problemOf(parameter: FunctionParameter, value: ParameterValues[string]): string | null {
  switch (parameter.type) {
    case 'number': {
      const { min, max } = parameter
      const fits = typeof value === 'number' && value >= min && value <= max
      return fits ? null : `it is a number from ${min} to ${max}`
    }
    case 'boolean':
      return typeof value === 'boolean' ? null : 'it is true or false'
    case 'choice': {
      const fits = typeof value === 'string' && parameter.choices.includes(value)
      return fits ? null : `it is one of ${parameter.choices.join(', ')}`
    }
  }
}
