import { readFile } from 'node:fs/promises'
import { resolve } from 'node:path'
import { AppError } from '#shared/errors/app-error.ts'

/**
 * `--labels FILE|JSON`: CVAT's raw label JSON, written out or in a file. Its meaning is checked by the core.
 * @throws LABELS_INVALID naming the file (or the option) and the place
 */
export async function readLabels(value: string, cwd: string): Promise<unknown[]> {
  const inline = /^\s*[[{]/.test(value)
  const where = inline ? '--labels' : value
  const text = inline ? value : await labelFile(resolve(cwd, value))
  const parsed = parse(text, where)
  if (Array.isArray(parsed)) return parsed
  throw new AppError('LABELS_INVALID', { where, problem: 'a list of labels, [ … ], was expected' })
}

async function labelFile(path: string): Promise<string> {
  try {
    return await readFile(path, 'utf8')
  } catch (cause) {
    const problem = 'there is no such file, or you may not read it'
    throw new AppError('LABELS_INVALID', { where: path, problem }, { cause })
  }
}

function parse(text: string, where: string): unknown {
  try {
    return JSON.parse(text.replace(/^\uFEFF/, ''))
  } catch (cause) {
    const detail = cause instanceof Error ? cause.message : String(cause)
    throw new AppError(
      'LABELS_INVALID',
      { where, problem: `it is not JSON (${detail})` },
      { cause },
    )
  }
}
