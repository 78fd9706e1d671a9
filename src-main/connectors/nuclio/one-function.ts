import type { Connection } from '#shared/contract/connections.ts'
import { parseFunctionYaml } from '#shared/functions/nuclio/function-yaml.ts'
import type { Listing } from './dashboard.ts'

/**
 * A connection to one function's own port: nobody lists it, its function.yaml says what it is.
 * @throws FUNCTION_YAML_INVALID
 */
export function oneFunction({ functionYaml, name }: Connection): Listing {
  const read = parseFunctionYaml(functionYaml, `The function.yaml of ${name}`)
  const listed = { function: read.function, state: 'ready', message: '', httpPort: null }
  return { functions: [listed], leftOut: [] }
}
