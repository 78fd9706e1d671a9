/** Turns what the system, the archives and the decoders throw into clauses a person can read. */
import { AppError } from '#shared/errors/app-error.ts'
import { EntryMissing } from './archives/entry-of.ts'

const CLAUSES: Readonly<Record<string, string>> = {
  EACCES: 'you may not read it (permission denied)',
  EPERM: 'you may not read it (permission denied)',
  EISDIR: 'it is a folder',
  ELOOP: 'its link leads round in a circle',
  ENAMETOOLONG: 'its path is longer than this system allows',
  EMFILE: 'too many files are open on this computer',
  EIO: 'the disk reports an error while reading it',
}

/** True when the file, its folder or its archive's entry is gone. */
export function isMissing(error: unknown): boolean {
  const code = codeOf(error)
  return error instanceof EntryMissing || code === 'ENOENT' || code === 'ENOTDIR'
}

/** Why a picture cannot be read: a clause without a full stop. */
export function problemOf(error: unknown): string {
  if (error instanceof AppError) return withoutStop(error.message)
  const known = CLAUSES[codeOf(error) ?? '']
  if (known) return known
  const message = error instanceof Error ? error.message : String(error)
  if (/pixel limit/i.test(message)) return 'it has more pixels than can be shown'
  if (/premature|truncated|end of (file|stream|image)|too short|read error/i.test(message))
    return 'its data ends too early: the file is cut short'
  if (/corrupt|invalid data|unable to parse|unsupported image|failed to/i.test(message))
    return 'its content is damaged, or of a kind that cannot be decoded'
  return withoutStop(message.split('\n')[0] ?? message)
}

function codeOf(error: unknown): string | undefined {
  return error instanceof Error && 'code' in error ? String(error.code) : undefined
}

const withoutStop = (text: string) => text.trim().replace(/\.$/, '')
