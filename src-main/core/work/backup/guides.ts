import { createReadStream } from 'node:fs'
import { readdir } from 'node:fs/promises'
import { join, relative, sep } from 'node:path'
import type { DatasetOutput } from '../../ports.ts'

/**
 * CVAT's annotation guide, with the pictures it shows. Fieldmark has no place where people read it: it is kept beside the
 * task or project that came with it and goes along with their next backup.
 */
export async function writeGuide(
  output: DatasetOutput,
  folder: string,
  kept: string,
): Promise<void> {
  const files = await readdir(kept, { withFileTypes: true, recursive: true }).catch(() => [])
  const paths = files
    .filter((file) => file.isFile())
    .map(({ parentPath, name }) => join(parentPath, name))
  for (const path of paths.sort()) {
    const name = relative(kept, path).split(sep).join('/')
    await output.stream(`${folder}${name}`, createReadStream(path), true)
  }
}
