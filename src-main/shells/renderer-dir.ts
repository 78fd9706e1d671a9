import { existsSync } from 'node:fs'
import { dirname, join } from 'node:path'

/** The built page: `dist/renderer` of the checkout or the packed app that this file is part of. */
export function defaultRendererDir(): string {
  return join(appRoot(), 'dist', 'renderer')
}

/** The folder with our package.json: sources lie deeper below it than the bundle does. */
export function appRoot(from = import.meta.dirname): string {
  if (existsSync(join(from, 'package.json'))) return from
  const parent = dirname(from)
  return parent === from ? from : appRoot(parent)
}
