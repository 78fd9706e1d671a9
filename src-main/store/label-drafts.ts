/**
 * Labels an import makes: rows that nobody sees until the import is through. Those of one that a crash ended are told by their
 * mark, and the next start takes them away.
 */
import { defaultLabelColor } from '#shared/domain/label-color.ts'
import type { RawAttribute, RawLabel } from '#shared/domain/raw-label.ts'
import { AppError } from '#shared/errors/app-error.ts'
import type { LabelDraft } from '../core/ports.ts'
import type { Handle } from './connection.ts'
import { insertLabel, labelRows, type Owner, readLabels } from './label-table.ts'
import { ARRIVING } from './task-row.ts'

type Drafting = { readonly labelIds: number[]; readonly attributeIds: number[] }
type RawBase = Omit<RawLabel, 'sublabels' | 'svg'> & Pick<Partial<RawLabel>, 'sublabels' | 'svg'>

/** @param raw  with an id: a label that is there and gets the joints and attributes that have none */
export function draftLabels(handle: Handle, owner: Owner, raw: readonly RawLabel[]): LabelDraft {
  const drafting: Drafting = { labelIds: [], attributeIds: [] }
  handle.write(() => draftLevel(handle, owner, { raw, parentId: null, drafting }))
  return { owner, ...drafting, labels: readLabels(handle, owner, drafting) }
}

function draftLevel(
  handle: Handle,
  owner: Owner,
  {
    raw,
    parentId,
    drafting,
  }: { raw: readonly RawBase[]; parentId: number | null; drafting: Drafting },
): void {
  // Nearly every label: to read all the others' colours for its joints would be to read them as often as there are labels.
  if (raw.length === 0) return
  const used = new Set(
    labelRows(handle, owner)
      .filter((row) => row.parent_id === parentId && row.deleted === 0)
      .map(({ color }) => color),
  )
  for (const label of raw) {
    const id = label.id ?? draftLabel(handle, owner, { label, parentId, used, drafting })
    for (const attribute of label.attributes)
      if (attribute.id === undefined) draftAttribute(handle, id, attribute, drafting)
    draftLevel(handle, owner, { raw: label.sublabels ?? [], parentId: id, drafting })
  }
}

function draftLabel(
  handle: Handle,
  owner: Owner,
  {
    label: { name, type, svg, color: given },
    parentId,
    used,
    drafting,
  }: { label: RawBase; parentId: number | null; used: Set<string>; drafting: Drafting },
): number {
  const color = given?.toLowerCase() || defaultLabelColor(name, used)
  used.add(color)
  const id = insertLabel(handle, owner, { parentId, name, color, type, svg: svg || null })
  handle.sql('UPDATE label SET deleted = ? WHERE id = ?').run(ARRIVING, id)
  drafting.labelIds.push(id)
  return id
}

function draftAttribute(
  { sql }: Handle,
  labelId: number,
  attribute: RawAttribute,
  drafting: Drafting,
): void {
  const { lastInsertRowid } = sql(
    `INSERT INTO attribute (name, input_type, mutable, default_value, "values", label_id, deleted)
     VALUES (?, ?, ?, ?, ?, ?, ?)`,
  ).run(
    attribute.name,
    attribute.input_type,
    attribute.mutable ? 1 : 0,
    attribute.default_value ?? '',
    JSON.stringify(attribute.values),
    labelId,
    ARRIVING,
  )
  drafting.attributeIds.push(Number(lastInsertRowid))
}

/**
 * Now they are there for everybody. Part of the transaction that shows what was imported.
 * @throws INPUT_INVALID when a person has made a label of such a name meanwhile
 */
export function publishLabels(handle: Handle, { owner, labelIds, attributeIds }: LabelDraft): void {
  const drafts = new Set(labelIds)
  const rows = labelRows(handle, owner)
  const taken = new Set(
    rows.filter((row) => row.deleted === 0 && row.parent_id === null).map(({ name }) => name),
  )
  const twice = rows.find(
    (row) => drafts.has(row.id) && row.parent_id === null && taken.has(row.name),
  )
  if (twice) {
    const problem = 'it was made while the import ran; import again'
    throw new AppError('INPUT_INVALID', { where: `label "${twice.name}"`, problem })
  }
  for (const id of labelIds) handle.sql('UPDATE label SET deleted = 0 WHERE id = ?').run(id)
  for (const id of attributeIds) handle.sql('UPDATE attribute SET deleted = 0 WHERE id = ?').run(id)
}

/** The import failed: as if they had never been. */
export function dropLabels(handle: Handle, { labelIds, attributeIds }: LabelDraft): void {
  handle.write(() => {
    for (const id of attributeIds)
      handle.sql('DELETE FROM attribute WHERE id = ? AND deleted = ?').run(id, ARRIVING)
    for (const id of labelIds.toReversed())
      handle.sql('DELETE FROM label WHERE id = ? AND deleted = ?').run(id, ARRIVING)
  })
}

/** At the start, when no import runs: what crashes have left. */
export function dropLeftLabels({ sql }: Handle): void {
  sql('DELETE FROM attribute WHERE deleted = ?').run(ARRIVING)
  sql('DELETE FROM label WHERE deleted = ?').run(ARRIVING)
}
