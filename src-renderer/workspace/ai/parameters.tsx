import { ParameterFields } from '#renderer/features/functions/parameter-fields.tsx'
import { parametersOf, setParameter, useAi } from '#renderer/state/known-functions.ts'
import type { FunctionInfo } from '#shared/domain/function.ts'

/** What may be set of a function before it runs; remembered by function. */
export function Parameters({ info }: { info: FunctionInfo }) {
  useAi(({ parameters }) => parameters[info.id])
  return (
    <ParameterFields
      info={info}
      values={parametersOf(info)}
      onChange={(name, value) => setParameter(info.id, name, value)}
    />
  )
}
