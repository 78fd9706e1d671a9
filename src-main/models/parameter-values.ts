import type { FunctionParameter, ParameterValues } from '#shared/domain/function.ts'

/** A value a parameter can have: a number within its bounds, a choice that exists; of another type, the default. */
function fitting(parameter: FunctionParameter, given: ParameterValues[string] | undefined) {
  if (parameter.type === 'number')
    return typeof given === 'number' && Number.isFinite(given)
      ? Math.max(parameter.min, Math.min(parameter.max, given))
      : parameter.defaultValue
  if (parameter.type === 'boolean')
    return typeof given === 'boolean' ? given : parameter.defaultValue
  return typeof given === 'string' && parameter.choices.includes(given)
    ? given
    : parameter.defaultValue
}

/** Every parameter with a value; what nobody knows is left out. */
export function completeValues(
  parameters: readonly FunctionParameter[],
  given: ParameterValues,
): ParameterValues {
  const own = (name: string) => (Object.hasOwn(given, name) ? given[name] : undefined)
  return Object.fromEntries(parameters.map((one) => [one.name, fitting(one, own(one.name))]))
}

/** The same parameters with other defaults, as far as these are values they can have. */
export function withDefaults(
  parameters: readonly FunctionParameter[],
  defaults: ParameterValues,
): FunctionParameter[] {
  const values = completeValues(parameters, defaults)
  return parameters.map(
    (one) => ({ ...one, defaultValue: values[one.name] ?? one.defaultValue }) as FunctionParameter,
  )
}
