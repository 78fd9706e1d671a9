import type { AttributeId, LabelId, ProjectId, TaskId } from '#shared/domain/ids.ts'
import type { AttributeSpec, InputType, Label, LabelType, Sublabel } from '#shared/domain/label.ts'
import type { LabelDraft } from '../core/ports.ts'
import { LIVE } from './annotation-table.ts'
import type { Handle } from './connection.ts'

export type Owner = { readonly taskId: TaskId } | { readonly projectId: ProjectId }

export interface LabelRow {
  readonly id: number
  readonly parent_id: number | null
  readonly name: string
  readonly color: string
  readonly type: LabelType
  readonly svg: string | null
  readonly deleted: number
}

export interface AttributeRow {
  readonly id: number
  readonly label_id: number
  readonly name: string
  readonly input_type: InputType
  readonly mutable: number
  readonly default_value: string
  readonly values: string
  readonly deleted: number
}

const ownerColumn = (owner: Owner) => ('taskId' in owner ? 'task_id' : 'project_id')
const ownerId = (owner: Owner) => ('taskId' in owner ? owner.taskId : owner.projectId)

/** Labels of one owner, removed ones among them, in creation order. */
export function labelRows({ sql }: Handle, owner: Owner): LabelRow[] {
  return sql<LabelRow>(`SELECT * FROM label WHERE ${ownerColumn(owner)} = ? ORDER BY id`).all(
    ownerId(owner),
  )
}

export function attributeRows({ sql }: Handle, labelId: number): AttributeRow[] {
  return sql<AttributeRow>('SELECT * FROM attribute WHERE label_id = ? ORDER BY id').all(labelId)
}

export function insertLabel(
  { sql }: Handle,
  owner: Owner,
  label: { parentId: number | null; name: string; color: string; type: string; svg: string | null },
): number {
  const { parentId, name, color, type, svg } = label
  const insert = sql(
    `INSERT INTO label (${ownerColumn(owner)}, parent_id, name, color, type, svg) VALUES (?, ?, ?, ?, ?, ?)`,
  )
  return Number(insert.run(ownerId(owner), parentId, name, color, type, svg).lastInsertRowid)
}

/**
 * The tree a person sees: removed labels and attributes left out.
 * @param drafts  rows that are to be seen only later, and here already
 */
export function readLabels(
  handle: Handle,
  owner: Owner,
  drafts?: Pick<LabelDraft, 'labelIds' | 'attributeIds'>,
): Label[] {
  const isThere = (row: { id: number; deleted: number }, ids: readonly number[] = []) =>
    row.deleted === 0 || ids.includes(row.id)
  const rows = labelRows(handle, owner).filter((row) => isThere(row, drafts?.labelIds))
  const base = (row: LabelRow): Sublabel => ({
    id: row.id as LabelId,
    name: row.name,
    color: row.color,
    type: row.type,
    svg: row.svg,
    attributes: attributeRows(handle, row.id)
      .filter((attribute) => isThere(attribute, drafts?.attributeIds))
      .map(toSpec),
  })
  const joints = Map.groupBy(rows, (row) => row.parent_id)
  return rows
    .filter((row) => row.parent_id === null)
    .map((row) => ({
      ...base(row),
      sublabels: (joints.get(row.id) ?? []).map(base),
    }))
}

function toSpec(row: AttributeRow): AttributeSpec {
  return {
    id: row.id as AttributeId,
    name: row.name,
    inputType: row.input_type,
    mutable: row.mutable === 1,
    defaultValue: row.default_value,
    values: JSON.parse(row.values) as string[],
  }
}

/** How many live annotations carry a label, over all tasks that see it. */
export function usesOf({ sql }: Handle, owner: Owner, labelId: number): number {
  const tasks =
    'taskId' in owner
      ? [{ id: owner.taskId }]
      : sql<{ id: number }>('SELECT id FROM task WHERE project_id = ? AND deleted = 0').all(
          owner.projectId,
        )
  const count = sql<{ count: number }>(
    `SELECT count(*) AS count FROM annotation WHERE task_id = ? AND ${LIVE} AND label_id = ?`,
  )
  return tasks.reduce((sum, { id }) => sum + (count.get(id, id, labelId)?.count ?? 0), 0)
}

/** Undo brought annotations back: so it does with their labels, if they were removed meanwhile. */
export function reviveLabels({ sql }: Handle, ids: Iterable<number>): void {
  for (const id of ids) {
    sql('UPDATE label SET deleted = 0 WHERE (id = ? OR parent_id = ?) AND deleted = 1').run(id, id)
  }
}

export function reviveLabelsInUse(handle: Handle, taskId: TaskId): void {
  const removed = handle
    .sql<{ id: number }>(
      `SELECT label.id FROM label, task WHERE task.id = ? AND label.deleted = 1 AND label.parent_id IS NULL
       AND (label.task_id = task.id OR label.project_id = task.project_id)`,
    )
    .all(taskId)
  const used = removed.filter(({ id }) => usesOf(handle, { taskId }, id) > 0)
  reviveLabels(
    handle,
    used.map(({ id }) => id),
  )
}
