import type { z } from 'zod'
import type { DatasetInput } from '#main/core/ports.ts'
import { readJson } from '../common/read-json.ts'
import { asBackupError, type Refuse, refuseBackup } from './refuse.ts'

/** A small JSON entry through a schema. @throws BACKUP_INVALID naming entry, key or line */
export async function readSpec<S extends z.ZodType>(
  input: DatasetInput,
  entry: string,
  schema: S,
): Promise<z.output<S>> {
  const value = await readJson(input, entry).catch((error: unknown) => {
    throw asBackupError(error, input.file)
  })
  return parsed(schema, value, refuseBackup(input.file, entry))
}

/** @param before  what stands before the key in messages: a line number */
export function parsed<S extends z.ZodType>(
  schema: S,
  value: unknown,
  refuse: Refuse,
  before = '',
): z.output<S> {
  const result = schema.safeParse(value, { reportInput: true })
  if (result.success) return result.data
  const issue = result.error.issues[0]
  const key = keyOf(issue?.path ?? [])
  const where = [before, key].filter((part) => part !== '').join(', ')
  return refuse(where, issue ? problemOf(issue) : 'it is not what a backup says here')
}

/** `jobs[2].start_frame` */
function keyOf(path: readonly PropertyKey[]): string {
  return path.reduce<string>((text, key) => {
    if (typeof key === 'number') return `${text}[${key}]`
    return text === '' ? String(key) : `${text}.${String(key)}`
  }, '')
}

function problemOf(issue: z.core.$ZodIssue): string {
  if (issue.code === 'invalid_type') {
    return issue.input === undefined && issue.path.length > 0
      ? 'it is missing'
      : `a value of type ${issue.expected} was expected`
  }
  if (issue.code === 'invalid_value') {
    return `it must be ${issue.values.map((value) => JSON.stringify(value)).join(' or ')}`
  }
  if (issue.code === 'too_small') return `it must be at least ${issue.minimum}`
  if (issue.code === 'too_big') return `it must be at most ${issue.maximum}`
  return issue.message.replace(/\.$/, '')
}
