import type { CatalogueEntry } from '../app-error.ts'

/** Types one entry: its parameters are named once, message and remedy both see them. */
export function define<P>(entry: CatalogueEntry<P>): CatalogueEntry<P> {
  return entry
}
