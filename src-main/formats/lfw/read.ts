import type { DatasetFrame, DatasetInput, NewAnnotation, ReadTarget } from '#main/core/ports.ts'
import type { AttributeValue } from '#shared/domain/annotation.ts'
import type { Label } from '#shared/domain/label.ts'
import { throwIfCancelled } from '../common/cancel.ts'
import { createImportTally, type ImportTally } from '../common/import-tally.ts'
import { createBatch, newShape } from '../common/new-shape.ts'
import { newTag } from '../common/new-tag.ts'
import { type Item, readItems } from './items.ts'
import { findLists } from './layout.ts'
import { pathOf } from './names.ts'
import { writePairList } from './pair-lists.ts'

/**
 * Import LFW 1.0: every picture of the lists gets a tag of its person, the first picture of a pair the pair.
 * @throws DATASET_INVALID, DATASET_NOT_THIS_FORMAT, DATASET_MATCHES_NOTHING, CANCELLED
 */
export async function* readLfw(
  input: DatasetInput,
  target: ReadTarget,
): AsyncGenerator<NewAnnotation[]> {
  const found = findLists(input)
  const tally = createImportTally(input.file, target)
  const batch = createBatch()
  // A picture may go by two names, and is tagged once.
  const tagged = new Set<string>()
  for (const lists of found) {
    const { people, items } = await readItems(input, lists)
    for (const name of people) {
      const attributes = PAIRS.map(([, attribute]) => ({
        name: attribute,
        inputType: 'text' as const,
      }))
      tally.describe({ name, attributes })
    }
    let done = 0
    for (const item of items.values()) {
      throwIfCancelled(target.signal, 'The import')
      const path = pathOf(item)
      const frame = tally.frameOf(path === item.name ? [path] : [path, item.name], lists.subset)
      if (frame !== null)
        for (const one of annotations(item, frame, { tally, tagged })) batch.add(one)
      target.progress(++done, items.size, item.name)
      const full = batch.take()
      if (full !== null) yield full
    }
  }
  const rest = batch.take(true)
  if (rest !== null) yield rest
  tally.finish()
}

const PAIRS = [
  ['positive', 'positive_pairs'],
  ['negative', 'negative_pairs'],
] as const

function* annotations(
  item: Item,
  { index: frame }: DatasetFrame,
  { tally, tagged }: { tally: ImportTally; tagged: Set<string> },
): Generator<NewAnnotation> {
  const label = item.person === null ? null : tally.label(item.person)
  if (label !== null) {
    const attributes = pairsOf(item, label, tally)
    const key = `${frame} ${label.id}`
    if (attributes.length > 0 || !tagged.has(key)) {
      yield newTag({ frame, labelId: label.id, attributes })
    }
    tagged.add(key)
  }
  for (const { person, points } of item.landmarks) {
    if (person === null) tally.note('points of nobody in particular were left out')
    else {
      const own = person === item.person ? label : tally.label(person)
      if (own !== null)
        yield newShape({ frame, labelId: own.id, type: 'points', points: [...points] })
    }
  }
}

function pairsOf(item: Item, label: Label, tally: ImportTally): AttributeValue[] {
  return PAIRS.flatMap(([kind, name]) => {
    if (item[kind].length === 0) return []
    const value = writePairList(item[kind])
    const spec = tally.labels.attribute(label, name, value)
    if (spec === null) tally.note(`pairs of labels without the attribute "${name}" were left out`)
    return spec === null ? [] : [{ specId: spec.id, value }]
  })
}
