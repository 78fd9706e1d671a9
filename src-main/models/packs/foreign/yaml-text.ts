import { parseDocument } from 'yaml'
import { readText } from '../manifest/read-text.ts'
import { refuseManifest } from '../manifest/refuse.ts'

/** The longest description seen names 601 classes in 12 kB. A parsed YAML takes a hundred times its bytes. */
const MOST_BYTES = 2 ** 20

/**
 * A YAML file as plain objects. Aliases that multiply are refused by the parser.
 * @throws MODEL_MANIFEST_INVALID with the line
 */
export async function readYaml(path: string): Promise<unknown> {
  return parseYaml(await readText(path, MOST_BYTES), path)
}

/** @throws MODEL_MANIFEST_INVALID */
export function parseYaml(text: string, path: string): unknown {
  try {
    const document = parseDocument(text, { uniqueKeys: false, prettyErrors: true })
    const [error] = document.errors
    if (error === undefined) return document.toJS({ maxAliasCount: 100 })
    const line = error.linePos?.[0].line ?? 1
    throw refuseManifest(path, `line ${line}`, `is not YAML: ${firstLine(error.message)}`)
  } catch (cause) {
    if (cause instanceof RangeError || cause instanceof ReferenceError) {
      throw refuseManifest(
        path,
        'the file',
        'is YAML that is too deep, or refers to itself too often',
      )
    }
    throw cause
  }
}

const firstLine = (text: string) => text.split('\n', 1)[0]?.replace(/ at line .*$/, '') ?? ''
