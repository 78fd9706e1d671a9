import { readFile } from 'node:fs/promises'
import { resolve } from 'node:path'
import { type LabelMappingInput, labelMappingSchema } from '#shared/domain/label-mapping.ts'
import { AppError } from '#shared/errors/app-error.ts'

/**
 * `--mapping FILE|JSON`: CVAT's form, written out or in a file. What its names mean is checked by the core.
 * @throws MAPPING_INVALID naming the file, and the place in it
 */
export async function readMapping(value: string, cwd: string): Promise<LabelMappingInput> {
  const isInline = /^\s*\{/.test(value)
  const where = isInline ? '--mapping' : value
  const parsed = parseJson(isInline ? value : await textOf(resolve(cwd, value), where), where)
  const { success, error } = labelMappingSchema.safeParse(parsed)
  if (success) return parsed as LabelMappingInput
  const place = error.issues[0]?.path.join('.') ?? ''
  throw invalid(where, `${place === '' ? 'it' : place} is not as a mapping is written`)
}

async function textOf(path: string, where: string): Promise<string> {
  try {
    return await readFile(path, 'utf8')
  } catch (cause) {
    throw invalid(where, 'there is no such file, or you may not read it', cause)
  }
}

function parseJson(text: string, where: string): unknown {
  try {
    return JSON.parse(text.replace(/^\uFEFF/, ''))
  } catch (cause) {
    const detail = cause instanceof Error ? cause.message : String(cause)
    throw invalid(where, `it is not JSON (${detail})`, cause)
  }
}

const invalid = (where: string, problem: string, cause?: unknown) =>
  new AppError('MAPPING_INVALID', { problem: `${where}: ${problem}` }, { cause })
