import type { BackupFrame, DatasetInput, NewAnnotation, RestoreTarget } from '#main/core/ports.ts'
import type { AttributeValue, SkeletonElement } from '#shared/domain/annotation.ts'
import type { Label, Sublabel } from '#shared/domain/label.ts'
import { throwIfCancelled } from '../common/cancel.ts'
import { createLabelIndex } from '../common/label-index.ts'
import { createBatch } from '../common/new-shape.ts'
import { jsonLines } from './json-lines.ts'
import { type OwnAnnotation, type OwnJoint, recordSchema } from './own-record.ts'
import { parsed } from './read-value.ts'
import { type Refuse, refuseBackup } from './refuse.ts'

/** The pictures, which come first. @throws BACKUP_INVALID */
export async function* ownFrames(input: DatasetInput, entry: string): AsyncGenerator<BackupFrame> {
  const refuse = refuseBackup(input.file, entry)
  for await (const { number, value } of jsonLines(input, entry)) {
    const record = parsed(recordSchema, value, refuse, `line ${number}`)
    if (record.is !== 'picture') return
    yield record
  }
}

/** @throws BACKUP_INVALID, CANCELLED */
export async function* ownAnnotations(
  input: DatasetInput,
  entry: string,
  into: RestoreTarget,
): AsyncGenerator<NewAnnotation[]> {
  const refuse = refuseBackup(input.file, entry)
  const toAnnotation = converter(into.labels)
  const batch = createBatch()
  let read = 0
  for await (const { number, value } of jsonLines(input, entry)) {
    throwIfCancelled(into.signal, 'The restore')
    const record = parsed(recordSchema, value, refuse, `line ${number}`)
    if (record.is === 'picture') continue
    const at: Refuse = (where, problem) => refuse(`line ${number}, ${where}`, problem)
    batch.add(toAnnotation(record, at))
    read += 1
    into.progress(read, null, `${read.toLocaleString('en')} annotations`)
    const full = batch.take()
    if (full !== null) yield full
  }
  const rest = batch.take(true)
  if (rest !== null) yield rest
}

function converter(
  labels: readonly Label[],
): (record: OwnAnnotation, refuse: Refuse) => NewAnnotation {
  const index = createLabelIndex(labels)
  const valuesOf = (
    values: readonly (readonly [string, string])[],
    label: Sublabel,
    refuse: Refuse,
  ): AttributeValue[] =>
    values.map(([name, value]) => {
      const spec = index.attribute(label, name)
      if (!spec) return refuse('attributes', `"${label.name}" has no attribute "${name}"`)
      return { specId: spec.id, value }
    })
  const jointsOf = (
    joints: readonly OwnJoint[],
    parent: Label,
    refuse: Refuse,
  ): SkeletonElement[] =>
    joints.map(({ label: name, ...joint }) => {
      const label = index.sublabel(parent, name)
      if (!label) return refuse('elements', `"${parent.name}" has no joint "${name}"`)
      const attributes = valuesOf(joint.attributes, label, refuse)
      return { ...joint, labelId: label.id, attributes }
    })
  return (record, refuse) => {
    const label = index.label(record.label)
    if (!label) return refuse('label', `there is no label "${record.label}"`)
    const { frame, group, source } = record
    const attributes = valuesOf(record.attributes, label, refuse)
    const common = { frame, labelId: label.id, group, source, attributes }
    switch (record.is) {
      case 'tag':
        return { kind: 'tag', ...common }
      case 'shape': {
        const { type, points, rotation, occluded, zOrder, score } = record
        const elements = jointsOf(record.elements, label, refuse)
        return {
          kind: 'shape',
          ...common,
          type,
          points,
          rotation,
          occluded,
          zOrder,
          score,
          elements,
        }
      }
      case 'track': {
        const keyframes = record.keyframes.map((keyframe) => ({
          ...keyframe,
          attributes: valuesOf(keyframe.attributes, label, refuse),
          elements: jointsOf(keyframe.elements, label, refuse),
        }))
        return { kind: 'track', ...common, type: record.type, keyframes }
      }
    }
  }
}
