import { readFile } from 'node:fs/promises'
import { z } from 'zod'
import { type CatalogueEntry, catalogueEntrySchema } from '#shared/domain/model.ts'

/**
 * The models other people made that Fieldmark knows how to run, or where to run.
 * @param path  `models/catalogue.json`, which ships: `{ models: […] }`
 */
export async function readCatalogue(path: string): Promise<CatalogueEntry[]> {
  const value: unknown = JSON.parse(await readFile(path, 'utf8'))
  return z.object({ models: z.array(catalogueEntrySchema) }).parse(value).models
}
