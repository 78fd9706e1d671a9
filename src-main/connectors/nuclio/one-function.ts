import { parseDocument } from 'yaml'
import type { Connection } from '#shared/contract/connections.ts'
import { AppError } from '#shared/errors/app-error.ts'
import { readNuclioFunction } from '#shared/functions/nuclio/nuclio-function.ts'
import type { Listing } from './dashboard.ts'

/**
 * A connection to one function's own port: nobody lists it, its function.yaml says what it is.
 * @throws FUNCTION_YAML_INVALID
 */
export function oneFunction({ functionYaml, name }: Connection): Listing {
  const reading = readNuclioFunction(yamlValue(functionYaml, name))
  if ('problem' in reading)
    throw new AppError('FUNCTION_YAML_INVALID', {
      path: `The function.yaml of ${name}`,
      where: '',
      problem: reading.problem,
    })
  const listed = { function: reading.function, state: 'ready', message: '', httpPort: null }
  return { functions: [listed], leftOut: [] }
}

function yamlValue(text: string, name: string): unknown {
  const document = parseDocument(text)
  const [error] = document.errors
  if (error) {
    const line = error.linePos?.[0].line
    throw new AppError('FUNCTION_YAML_INVALID', {
      path: `The function.yaml of ${name}`,
      where: line === undefined ? '' : `line ${line}`,
      problem: error.message.split('\n')[0]?.replace(/ at line.*$/, '') ?? 'it is no YAML',
    })
  }
  try {
    return document.toJS({ maxAliasCount: 100 })
  } catch {
    // Aliases of aliases: a text of a few lines that would fill the memory.
    return null
  }
}
