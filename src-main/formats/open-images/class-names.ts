import type { DatasetInput } from '#main/core/ports.ts'
import { readCsv } from '../common/csv.ts'

/**
 * Names of the classes by their machine names (`/m/01g317` is Person). The tables of V6 have a header, those of V5 and of CVAT
 * have none.
 */
export async function readClassNames(
  input: DatasetInput,
  entry: string | null,
): Promise<ReadonlyMap<string, string>> {
  const names = new Map<string, string>()
  if (entry === null) return names
  for await (const rows of readCsv(input, entry)) {
    for (const { fields } of rows) {
      const [machine = '', name = machine] = fields.map((field) => field.trim())
      const isHeader = machine === 'LabelName' && name === 'DisplayName'
      if (!isHeader && machine !== '' && !names.has(machine)) names.set(machine, name)
    }
  }
  return names
}
