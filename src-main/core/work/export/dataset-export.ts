import { dirname } from 'node:path'
import { z } from 'zod'
import type { Loss } from '#shared/contract/datasets.ts'
import type { ExportReport } from '#shared/domain/request.ts'
import { AppError } from '#shared/errors/app-error.ts'
import { readPendingHeaders } from '../media/index-headers.ts'
import { makeFolder } from '../media/make-folder.ts'
import type { WorkDeps, WorkHooks } from '../work.ts'
import { exportLosses } from './dataset-losses.ts'
import type { Selection } from './dataset-selection.ts'
import { datasetSource, type Exported } from './dataset-source.ts'
import { verifyExport } from './verify-export.ts'

export const exportOptionParams = {
  format: z.string(),
  path: z.string(),
  withImages: z.boolean(),
  strict: z.boolean().default(false),
  verify: z.boolean().default(false),
}

export interface ExportOptions {
  readonly format: string
  readonly path: string
  readonly withImages: boolean
  readonly strict: boolean
  readonly verify: boolean
}

/**
 * Stream what is exported through a format into a file that appears whole or not at all.
 * @throws EXPORT_WOULD_LOSE when asked to be strict, DISK_FULL, EXPORT_NOT_WRITABLE, CANCELLED
 */
export async function exportTo(
  deps: WorkDeps,
  exported: Exported & { readonly selection: Selection },
  { format: name, path, withImages, strict, verify }: ExportOptions,
  hooks: WorkHooks,
): Promise<ExportReport> {
  const format = deps.formats.get(name)
  for (const { task } of exported.streams) await readPendingHeaders(deps, task.id, hooks)
  const lost = await exportLosses(deps.store, format, exported)
  if (strict && lost.losses.length > 0) throw wouldLose(format.name, lost.losses)
  const counted = { frames: 0 }
  const unreadable: string[] = []
  const source = datasetSource(deps, { ...exported, hooks, counted, unreadable })
  await makeFolder(dirname(path))
  const told = new Map<string, number>()
  const note = (what: string, count = 1) => void told.set(what, (told.get(what) ?? 0) + count)
  const { sizeBytes } = await deps.formats.writeZip(path, (output) =>
    format.write(source, output, { withImages, context: { ...hooks, note } }),
  )
  const frames = counted.frames
  const again = { exported, source, format, path, expected: lost }
  const notes = lost.losses.map(sentence)
  const verified = verify
    ? await verifyExport(deps, again, { hooks, note: (text) => void notes.push(text) })
    : null
  for (const [what, count] of told) notes.push(sentence({ count, what }))
  if (unreadable.length > 0) notes.push(leftOutPictures(unreadable))
  return {
    path,
    sizeBytes,
    frames,
    annotations: Math.max(0, lost.total - lost.dropped),
    picturesLeftOut: unreadable.length,
    notes,
    verified,
  }
}

const sentence = ({ count, what }: Pick<Loss, 'count' | 'what'>): string => `${count} ${what}`

function wouldLose(format: string, losses: readonly Loss[]): AppError {
  return new AppError('EXPORT_WOULD_LOSE', { format, losses: losses.map(sentence).join('; ') })
}

const NAMED = 20

function leftOutPictures(names: readonly string[]): string {
  const shown = names.slice(0, NAMED).join(', ')
  const more = names.length > NAMED ? ` and ${names.length - NAMED} more` : ''
  const who = names.length === 1 ? 'picture' : 'pictures'
  return `${names.length} ${who} could not be read, so not in the file: ${shown}${more}`
}
