import { useSettings } from '#renderer/state/settings.ts'
import { createStep, deleteStep } from '#renderer/state/steps.ts'
import type { Tag } from '#shared/domain/annotation.ts'
import type { LabelId } from '#shared/domain/ids.ts'
import type { Label } from '#shared/domain/label.ts'
import type { Bench } from '../../bench/bench.ts'
import { labelFits } from '../../bench/drawing.ts'
import { step } from '../../bench/player.ts'
import type { Digit } from '../digits.ts'
import { labelOfDigit } from '../label-digits.ts'

/** Labels a frame can be tagged with. */
export function tagLabels(labels: readonly Label[]): Label[] {
  return labels.filter((label) => labelFits(label, 'tag'))
}

/** The frame's tags in the order they were added. */
export function tagsOf(annotations: Iterable<Tag | { readonly kind: string }>): Tag[] {
  return [...annotations].filter((one): one is Tag => one.kind === 'tag')
}

/** Tag the frame; the same label twice says nothing more. @returns false when it has that tag or cannot have one */
export function addTag(bench: Bench, labelId: LabelId): boolean {
  const label = bench.ui.getState().labelsById.get(labelId)
  const { frame, annotations } = bench.document.state.getState()
  if (!label || !labelFits(label, 'tag')) return false
  if (tagsOf(annotations.values()).some((tag) => tag.labelId === labelId)) {
    bench.ui.setState({ hint: 'tagThere' })
    return false
  }
  const id = bench.document.takeIds(1)?.[0]
  if (id === undefined) return false
  const tag: Tag = { kind: 'tag', id, frame, labelId, group: 0, source: 'manual', attributes: [] }
  bench.document.apply(createStep('draw', [tag], label.name))
  return true
}

export function removeTag(bench: Bench, tag: Tag): void {
  const name = bench.ui.getState().labelsById.get(tag.labelId)?.name
  bench.document.apply(deleteStep([tag], name))
}

/** What the button and the label's digit do in the tag workspace: add, and go on where the person wants that. */
export function addTagAndGoOn(bench: Bench, labelId: LabelId): void {
  if (addTag(bench, labelId) && useSettings.getState().tagsAutoNext) step(bench, 1)
}

/** A digit in the tag workspace: adds its label's tag, or takes it away again. */
export function toggleTagOfDigit(bench: Bench, digit: Digit): void {
  const label = labelOfDigit(tagLabels(bench.ui.getState().labels), digit)
  if (!label) return
  const { annotations } = bench.document.state.getState()
  const there = tagsOf(annotations.values()).find((tag) => tag.labelId === label.id)
  if (there) removeTag(bench, there)
  else addTagAndGoOn(bench, label.id)
}
