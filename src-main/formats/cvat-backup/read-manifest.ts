import { z } from 'zod'
import type { DatasetInput } from '#main/core/ports.ts'
import { jsonLines } from './json-lines.ts'
import { parsed } from './read-value.ts'
import { refuseBackup } from './refuse.ts'

const pictureSchema = z.object({ name: z.string(), extension: z.string() })

/** The pictures of a `manifest.jsonl` in its order, by their paths below `data/`. @throws BACKUP_INVALID */
export async function manifestOrder(input: DatasetInput, entry: string): Promise<string[]> {
  const refuse = refuseBackup(input.file, entry)
  const order: string[] = []
  for await (const { number, value } of jsonLines(input, entry)) {
    // Version and type come first.
    if (number <= 2) continue
    const { name, extension } = parsed(pictureSchema, value, refuse, `line ${number}`)
    order.push(name + extension)
  }
  return order
}
