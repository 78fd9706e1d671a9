import { mkdir, readFile, rename, writeFile } from 'node:fs/promises'
import { dirname } from 'node:path'
import { z } from 'zod'

/** What people chose about models of this machine; it lies beside the packs and goes where they go. */
const settingsSchema = z.object({
  /** By model. */
  executionProviders: z.record(z.string(), z.string()).default({}),
  /** Bytes that models may take together; left out: what the machine suggests. */
  memoryLimit: z.int().positive().optional(),
})
export type ModelSettings = z.output<typeof settingsSchema>

export interface SettingsFile {
  read(): Promise<ModelSettings>
  change(fields: (before: ModelSettings) => ModelSettings): Promise<ModelSettings>
}

/** @param path  written whole or not at all; a damaged one is as if nobody had chosen anything */
export function createSettingsFile(path: string): SettingsFile {
  let known: ModelSettings | undefined
  let last: Promise<unknown> = Promise.resolve()

  async function read(): Promise<ModelSettings> {
    known ??= await parse(path)
    return known
  }
  return {
    read,
    change(fields) {
      const done = last.then(async () => {
        const after = fields(await read())
        const draft = `${path}.new`
        await mkdir(dirname(path), { recursive: true })
        await writeFile(draft, `${JSON.stringify(after, null, 2)}\n`)
        await rename(draft, path)
        known = after
        return after
      })
      last = done.catch(() => undefined)
      return done
    },
  }
}

async function parse(path: string): Promise<ModelSettings> {
  const text = await readFile(path, 'utf8').catch(() => '{}')
  try {
    return settingsSchema.parse(JSON.parse(text))
  } catch {
    return settingsSchema.parse({})
  }
}
