import type { BackupContent } from '#main/core/ports.ts'
import type { Annotation, AttributeValue, SkeletonElement } from '#shared/domain/annotation.ts'
import type { Label } from '#shared/domain/label.ts'
import { toRawLabels } from '#shared/domain/parse-raw-labels.ts'
import { exactJson } from './exact-json.ts'
import { type Names, namesOf } from './names.ts'
import {
  OWN_VERSION,
  type OwnAnnotation,
  type OwnJoint,
  type OwnRecord,
  type OwnTask,
} from './own-record.ts'

const LINES_AT_ONCE = 100

export function ownTask({ task, labels, jobs, deleted, checked }: BackupContent): OwnTask {
  return {
    fieldmark: OWN_VERSION,
    labels: ownLabels(labels),
    mode: task.mode,
    size: task.size,
    startFrame: task.startFrame,
    frameStep: task.frameStep,
    segmentSize: task.segmentSize,
    overlap: task.overlap,
    sortingMethod: task.sortingMethod,
    jobs: jobs.map(({ startFrame, stopFrame, stage, state }) => ({
      startFrame,
      stopFrame,
      stage,
      state,
    })),
    deleted: [...deleted],
    checked: [...checked],
  }
}

/** As people write them, without the ids of this store. */
export function ownLabels(labels: readonly Label[]): object[] {
  const withoutIds = <T extends { readonly id?: unknown; readonly attributes: readonly object[] }>({
    id: _id,
    ...label
  }: T) => ({
    ...label,
    attributes: label.attributes.map((one) => {
      const { id: _specId, ...attribute } = one as { id?: unknown }
      return attribute
    }),
  })
  return toRawLabels(labels).map(({ svg, ...label }) => ({
    ...withoutIds(label),
    ...(svg ? { svg } : {}),
    ...(label.sublabels ? { sublabels: label.sublabels.map(withoutIds) } : {}),
  }))
}

export function* ownLines(content: BackupContent): Generator<string> {
  let lines: string[] = []
  for (const record of records(content)) {
    lines.push(exactJson(record), '\n')
    if (lines.length < 2 * LINES_AT_ONCE) continue
    yield lines.join('')
    lines = []
  }
  yield lines.join('')
}

function* records(content: BackupContent): Generator<OwnRecord> {
  const names = namesOf(content.labels)
  for (const { name, file, related, isMissing } of content.frames())
    yield { is: 'picture', name, file, related: [...related], isMissing }
  for (const annotation of content.annotations()) yield record(annotation, names)
}

function record(annotation: Annotation, names: Names): OwnAnnotation {
  const common = {
    frame: annotation.frame,
    label: names.label(annotation.labelId),
    group: annotation.group,
    source: annotation.source,
    attributes: valuesOf(annotation.attributes, names),
  }
  switch (annotation.kind) {
    case 'tag':
      return { is: 'tag', ...common }
    case 'shape': {
      const { type, points, rotation, occluded, zOrder, score } = annotation
      const elements = annotation.elements.map((joint) => jointOf(joint, names))
      return { is: 'shape', ...common, type, points, rotation, occluded, zOrder, score, elements }
    }
    case 'track':
      return {
        is: 'track',
        ...common,
        type: annotation.type,
        keyframes: annotation.keyframes.map((keyframe) => ({
          ...keyframe,
          attributes: valuesOf(keyframe.attributes, names),
          elements: keyframe.elements.map((joint) => jointOf(joint, names)),
        })),
      }
  }
}

function jointOf({ labelId, ...joint }: SkeletonElement, names: Names): OwnJoint {
  return { label: names.label(labelId), ...joint, attributes: valuesOf(joint.attributes, names) }
}

function valuesOf(values: readonly AttributeValue[], names: Names): [string, string][] {
  return values.flatMap(({ specId, value }): [string, string][] => {
    const name = names.attribute(specId)
    return name === undefined ? [] : [[name, value]]
  })
}
