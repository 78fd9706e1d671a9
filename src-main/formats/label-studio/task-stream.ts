import type { DatasetInput } from '#main/core/ports.ts'
import { createJsonArrays } from '../common/json-arrays.ts'
import { readJson } from '../common/read-json.ts'

export interface FoundTask {
  readonly value: unknown
  /** For messages: `tasks[17]`. */
  readonly where: string
}

const LIST = 'tasks'

/**
 * The tasks of a file as they come: of a list one by one, however long it is; a file that is an object is one task.
 * @throws DATASET_INVALID for what is no JSON
 */
export async function* eachTask(input: DatasetInput, entry: string): AsyncGenerator<FoundTask[]> {
  let found: FoundTask[] = []
  const scanner = createJsonArrays({
    ...{ file: input.file, entry, arrays: new Set([LIST]) },
    // The scanner reads an object of lists.
    prefix: `{"${LIST}":`,
    onElement: (_key, index, value) => void found.push({ value, where: `${LIST}[${index}]` }),
  })
  let isList: boolean | null = null
  for await (const piece of input.text(entry)) {
    const text: string = isList === null ? piece.trimStart() : piece
    if (text === '') continue
    if (isList === null) {
      isList = text.startsWith('[')
      if (!isList) break
    }
    scanner.write(text)
    if (found.length > 0) yield found
    found = []
  }
  if (!isList) {
    yield [{ value: await readJson(input, entry), where: 'the task' }]
    return
  }
  scanner.write('}')
  scanner.end()
}
