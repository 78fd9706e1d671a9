import { defaultLabelColor } from '#shared/domain/label-color.ts'
import type { RawAttribute, RawLabel } from '#shared/domain/raw-label.ts'
import { AppError } from '#shared/errors/app-error.ts'
import type { LabelRepository } from '../core/ports.ts'
import type { Handle } from './connection.ts'
import { draftLabels, dropLabels, publishLabels } from './label-drafts.ts'
import {
  attributeRows,
  insertLabel,
  type LabelRow,
  labelRows,
  type Owner,
  readLabels,
  usesOf,
} from './label-table.ts'
import { forgetPredictionsOfLabel } from './predictions.ts'
import { taskRow } from './task-row.ts'

type RawBase = Omit<RawLabel, 'sublabels' | 'svg'> & Pick<Partial<RawLabel>, 'sublabels' | 'svg'>

export function createLabels(handle: Handle): LabelRepository {
  return {
    ofTask: (taskId) => readLabels(handle, labelOwner(handle, taskId)),
    ofProject: (projectId) => readLabels(handle, { projectId }),
    replace: (owner, raw) =>
      handle.write(() => {
        replaceLabels(handle, owner, raw)
        return readLabels(handle, owner)
      }),
    draft: (owner, raw) => draftLabels(handle, owner, raw),
    publishDraft: (draft) => handle.write(() => publishLabels(handle, draft)),
    dropDraft: (draft) => dropLabels(handle, draft),
  }
}

/** A task of a project sees the project's labels. */
function labelOwner(handle: Handle, taskId: Parameters<LabelRepository['ofTask']>[0]): Owner {
  const { project_id } = taskRow(handle, taskId)
  return project_id === null
    ? { taskId }
    : ({ projectId: project_id } as Extract<Owner, { projectId: unknown }>)
}

/** @throws LABEL_IN_USE, LABELS_INVALID (an id that is not of this owner) */
export function replaceLabels(handle: Handle, owner: Owner, raw: readonly RawLabel[]): void {
  const rows = Map.groupBy(labelRows(handle, owner), (row) => row.parent_id)
  replaceLevel({ handle, owner, rows }, raw, null)
}

/** `rows`: what there was before, by parent. A label that is new has no joints yet. */
interface Replacing {
  readonly handle: Handle
  readonly owner: Owner
  readonly rows: ReadonlyMap<number | null, readonly LabelRow[]>
}

function replaceLevel(
  replacing: Replacing,
  raw: readonly RawBase[],
  parentId: number | null,
): void {
  const { handle, owner } = replacing
  const rows = replacing.rows.get(parentId) ?? []
  const matches = matchAll(rows, raw, (label, index) => {
    const where = `labels[${index}].id`
    throw new AppError('LABELS_INVALID', { where, problem: `there is no label ${label.id} here` })
  })
  const kept = new Set(matches.map((row) => row?.id))
  for (const row of rows) if (!kept.has(row.id) && row.deleted === 0) remove(handle, owner, row)
  const used = new Set(
    raw.flatMap(({ color }, index) => color?.toLowerCase() || matches[index]?.color || []),
  )
  for (const [index, label] of raw.entries()) {
    const match = matches[index] ?? null
    const color = label.color?.toLowerCase() || match?.color || defaultLabelColor(label.name, used)
    used.add(color)
    const id = writeLabel(handle, owner, { label, match, color, parentId })
    replaceAttributes(handle, id, label.attributes)
    replaceLevel(replacing, label.sublabels ?? [], id)
  }
}

interface Named {
  readonly id: number
  readonly name: string
  readonly deleted: number
}

/**
 * Which row each entry means: by id; else the one of that name, so that JSON written by hand (or copied from another
 * tool) changes what is there. A removed one comes back, so that what undo restores finds its label again.
 */
function matchAll<R extends Named, T extends { id?: number | undefined; name: string }>(
  rows: readonly R[],
  entries: readonly T[],
  unknownId: (entry: T, index: number) => never,
): (R | null)[] {
  const claimed = new Set(entries.map(({ id }) => id))
  const free = rows
    .filter(({ id }) => !claimed.has(id))
    .toSorted((a, b) => a.deleted - b.deleted || a.id - b.id)
  return entries.map((entry, index) => {
    if (entry.id === undefined) return free.find(({ name }) => name === entry.name) ?? null
    return rows.find(({ id }) => id === entry.id) ?? unknownId(entry, index)
  })
}

function remove(handle: Handle, owner: Owner, row: LabelRow): void {
  const count = usesOf(handle, owner, row.parent_id ?? row.id)
  if (count > 0) throw new AppError('LABEL_IN_USE', { name: row.name, count })
  forgetPredictionsOfLabel(handle, row.id)
  handle.sql('UPDATE label SET deleted = 1 WHERE id = ? OR parent_id = ?').run(row.id, row.id)
}

function writeLabel(
  handle: Handle,
  owner: Owner,
  {
    label,
    match,
    color,
    parentId,
  }: { label: RawBase; match: LabelRow | null; color: string; parentId: number | null },
): number {
  const { name, type } = label
  const svg = label.svg ?? null
  if (!match) return insertLabel(handle, owner, { parentId, name, color, type, svg })
  handle
    .sql('UPDATE label SET name = ?, color = ?, type = ?, svg = ?, deleted = 0 WHERE id = ?')
    .run(name, color, type, svg, match.id)
  return match.id
}

function replaceAttributes(
  { sql, ...rest }: Handle,
  labelId: number,
  raw: readonly RawAttribute[],
) {
  const rows = attributeRows({ sql, ...rest }, labelId)
  const matches = matchAll(rows, raw, (attribute) => {
    const where = `attribute "${attribute.name}"`
    const problem = `its label has no attribute ${attribute.id}`
    throw new AppError('LABELS_INVALID', { where, problem })
  })
  const kept = new Set(matches.map((row) => row?.id))
  for (const { id } of rows) {
    if (!kept.has(id)) sql('UPDATE attribute SET deleted = 1 WHERE id = ?').run(id)
  }
  for (const [index, attribute] of raw.entries()) {
    const match = matches[index]
    const values = [
      attribute.name,
      attribute.input_type,
      attribute.mutable ? 1 : 0,
      attribute.default_value ?? '',
      JSON.stringify(attribute.values),
    ]
    if (match) {
      sql(
        `UPDATE attribute SET name = ?, input_type = ?, mutable = ?, default_value = ?, "values" = ?, deleted = 0 WHERE id = ?`,
      ).run(...values, match.id)
    } else {
      sql(
        `INSERT INTO attribute (name, input_type, mutable, default_value, "values", label_id) VALUES (?, ?, ?, ?, ?, ?)`,
      ).run(...values, labelId)
    }
  }
}
