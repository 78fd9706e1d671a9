import type { FrameRange } from '#renderer/state/frames.ts'
import type { Bulk, BulkAction, BulkKind } from '#shared/domain/bulk.ts'
import type { AttributeId, FrameIndex, LabelId } from '#shared/domain/ids.ts'
import type { AttributeSpec, Label } from '#shared/domain/label.ts'
import type { ConvertTarget } from '#shared/geometry/convert.ts'

interface FrameSpan {
  readonly first: FrameIndex
  readonly last: FrameIndex
}

/** Everything that was said in the dialog, also of the actions that are not chosen now. */
export interface ActionsForm {
  readonly kind: BulkKind
  readonly to: ConvertTarget
  readonly density: number
  readonly labelId: LabelId | null
  readonly specId: AttributeId | null
  readonly value: string
  /** Remove: tracks go whole, or only on the frames of the range. */
  readonly tracks: 'whole' | 'range'
  /** Tracks to shapes: on every frame, or on keyframes. */
  readonly every: 'frame' | 'keyframe'
  /** Link: per cent two shapes must have in common, and frames an object may miss. */
  readonly overlapPercent: number
  readonly gap: number
  /** Propagate: the frames that copies go to. */
  readonly copiesFirst: FrameIndex
  readonly copiesLast: FrameIndex
  readonly scope: 'frame' | 'range' | 'job'
  readonly first: FrameIndex
  readonly last: FrameIndex
  readonly filter: string
  readonly deletedFrames: boolean
}

export function firstForm(
  range: FrameRange,
  labels: readonly Label[],
  filter: string,
): ActionsForm {
  const spec = specsOf(labels)[0]?.spec
  return {
    kind: 'remove',
    to: 'polygon',
    density: 1,
    labelId: labels[0]?.id ?? null,
    specId: spec?.id ?? null,
    value: spec?.defaultValue ?? '',
    tracks: 'whole',
    every: 'frame',
    overlapPercent: 30,
    gap: 0,
    copiesFirst: range.start,
    copiesLast: range.stop,
    scope: 'frame',
    first: range.start,
    last: range.stop,
    filter,
    deletedFrames: false,
  }
}

/** Every attribute there is, with its label. */
export function specsOf(labels: readonly Label[]): { label: Label; spec: AttributeSpec }[] {
  return labels.flatMap((label) => label.attributes.map((spec) => ({ label, spec })))
}

/** @returns null while the form says too little, or frames the wrong way round */
export function bulkOf(form: ActionsForm, frame: FrameIndex, range: FrameRange): Bulk | null {
  // What is propagated is what matches on the frame shown.
  const scope = form.kind === 'propagate' ? 'frame' : form.scope
  const span = {
    frame: { first: frame, last: frame },
    range: { first: form.first, last: form.last },
    job: { first: range.start, last: range.stop },
  }[scope]
  const action = actionOf(form, span)
  if (!action || span.last < span.first) return null
  const { filter, deletedFrames } = form
  return { action, scope: { kind: 'frames', ...span, filter }, deletedFrames, frame }
}

function actionOf(form: ActionsForm, span: FrameSpan): BulkAction | null {
  const { kind, to, density, labelId, specId, value, copiesFirst: first, copiesLast: last } = form
  switch (kind) {
    case 'remove':
      return { kind, tracks: form.tracks }
    case 'tracks-to-shapes':
      return { kind, ...span, every: form.every }
    case 'link-shapes':
      return { kind, overlap: form.overlapPercent / 100, gap: form.gap }
    case 'join-tracks':
      return { kind }
    case 'propagate':
      return last < first ? null : { kind, first, last }
    case 'convert':
      return { kind, to, density }
    case 'change-label':
      return labelId === null ? null : { kind, labelId }
    case 'change-attribute':
      return specId === null ? null : { kind, specId, value }
  }
}
