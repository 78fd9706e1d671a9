/** The labels an archive says it has, or those it must have been made with where it says nothing. */
import type { DatasetInput, ReadTarget } from '#main/core/ports.ts'
import type { ImportTally } from '../common/import-tally.ts'
import { BACKGROUND, colorNumber, colorText } from '../common/label-colors.ts'
import { readLines } from '../common/lines.ts'
import { readLabelMap, type VocLabel, vocColorNumber } from './label-map.ts'
import type { VocLayout } from './layout.ts'
import { vocLabels } from './voc-classes.ts'

/** @throws DATASET_INVALID */
export async function readLabelList(
  input: DatasetInput,
  { labelMap, classNames }: VocLayout,
  target: ReadTarget,
): Promise<readonly VocLabel[]> {
  if (labelMap !== null) return readLabelMap(input, labelMap)
  if (classNames !== null) return readClassNames(input, classNames)
  return withoutList(target)
}

/** `__ignore__`, `_background_`, then the names: colours are those of their numbers. */
async function readClassNames(input: DatasetInput, entry: string): Promise<VocLabel[]> {
  const lines = (await readLines(input, entry)).filter((line) => line !== '')
  const names = lines.filter((line) => line !== '__ignore__')
  return names.map((name, index) => ({
    name: name === '_background_' ? BACKGROUND : name,
    color: vocColorNumber(index),
    parts: [],
    actions: [],
  }))
}

/** The data set's own labels; of a task that has none of these its own, in their colours. */
function withoutList({ labels }: ReadTarget): readonly VocLabel[] {
  const own = new Set(vocLabels.map(({ name }) => name))
  if (labels.length === 0 || labels.some(({ name }) => own.has(name))) return vocLabels
  return labels.map(({ name, color }) => ({
    name,
    color: colorNumber(color),
    parts: [],
    actions: [],
  }))
}

/**
 * Tell what the list says of its labels. The background is none, unless somebody made a label of it.
 * @param withColors  where colours are the labels' own, and not those of their numbers
 */
export function describeLabels(
  labels: readonly VocLabel[],
  tally: ImportTally,
  { withColors }: { withColors: boolean },
): void {
  for (const { name, color, actions } of labels) {
    if (name === BACKGROUND) continue
    tally.describe({
      name,
      ...(withColors && color !== null ? { color: colorText(color) } : {}),
      ...(actions.length > 0
        ? {
            attributes: actions.map((action) => ({
              ...{ name: action, inputType: 'checkbox' as const, defaultValue: 'false' },
              values: ['false', 'true'],
            })),
          }
        : {}),
    })
  }
}
