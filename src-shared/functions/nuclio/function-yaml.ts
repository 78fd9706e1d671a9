import { parseDocument } from 'yaml'
import { AppError } from '../../errors/app-error.ts'
import { type NuclioFunction, readNuclioFunction } from './nuclio-function.ts'

/** The text of a function.yaml, understood. */
export interface FunctionYaml {
  readonly function: NuclioFunction
  /** The whole document, for what is not about annotating: handler, environment. */
  readonly value: unknown
}

/** Longer texts are no function.yaml. */
const LONGEST = 5_000_000

/**
 * @param path  for the sentence, when something is wrong
 * @throws FUNCTION_YAML_INVALID
 */
export function parseFunctionYaml(text: string, path: string): FunctionYaml {
  const invalid = (problem: string, where = '') =>
    new AppError('FUNCTION_YAML_INVALID', { path, where, problem })
  if (text.length > LONGEST) throw invalid(`it is longer than ${LONGEST} characters`)
  const document = parseDocument(text)
  const [error] = document.errors
  if (error) {
    const line = error.linePos?.[0].line
    const said = error.message
      .split('\n')[0]
      ?.replace(/ at line.*$/, '')
      .replace(/\.$/, '')
    throw invalid(said || 'it is no YAML', line === undefined ? '' : `line ${line}`)
  }
  const value = plain(() => document.toJS({ maxAliasCount: 100 }) as unknown, invalid)
  const reading = readNuclioFunction(value)
  if ('problem' in reading) throw invalid(reading.problem)
  return { function: reading.function, value }
}

/** Aliases of aliases: a text of a few lines that would fill the memory. */
function plain(read: () => unknown, invalid: (problem: string) => AppError): unknown {
  try {
    return read()
  } catch {
    throw invalid('it has too many aliases')
  }
}
