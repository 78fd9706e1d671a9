import { distinctLabelColor } from '#shared/domain/distinct-color.ts'
import type { Label, Sublabel } from '#shared/domain/label.ts'
import type { RawLabelInput } from '#shared/domain/raw-label.ts'
import type { Task } from '#shared/domain/task.ts'
import { client } from './client.ts'
import { orpc, queryClient } from './queries.ts'

/**
 * Add a label by name alone, in a colour that can be told from the others'.
 * @returns the task with its new labels, the added one last
 * @throws LABELS_INVALID when there is one of that name already
 */
export async function addLabel(task: Task, name: string) {
  const input = { id: task.id }
  // Asked again: on screen they may wear a palette's colours, and another window may have added some.
  const { labels } = await client.tasks.get(input)
  const color = distinctLabelColor(
    name.trim(),
    labels.map((label) => label.color),
  )
  const wanted = [...labels.map(toRawLabel), { name: name.trim(), color }]
  if (task.projectId === null) await client.tasks.update({ id: task.id, labels: wanted })
  else await client.projects.update({ id: task.projectId, labels: wanted })
  const fresh = await client.tasks.get(input)
  queryClient.setQueryData(orpc.tasks.get.queryKey({ input }), fresh)
  return fresh
}

/** An existing label as raw JSON that changes nothing: ids say which one is meant. */
export function toRawLabel(label: Label): RawLabelInput {
  const sublabels = label.sublabels.map(rawBase)
  return {
    ...rawBase(label),
    ...(label.svg === null ? {} : { svg: label.svg }),
    ...(sublabels.length === 0 ? {} : { sublabels }),
  }
}

function rawBase(label: Sublabel) {
  return {
    id: label.id,
    name: label.name,
    color: label.color,
    type: label.type,
    attributes: label.attributes.map((spec) => ({
      id: spec.id,
      name: spec.name,
      input_type: spec.inputType,
      mutable: spec.mutable,
      values: spec.values,
      default_value: spec.defaultValue,
    })),
  }
}
