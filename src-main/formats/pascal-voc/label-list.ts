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

/**
 * The data set's own labels, as far as the task has them, and the task's in their colours, which is what an export to
 * Segmentation mask has.
 */
function withoutList({ labels }: ReadTarget): readonly VocLabel[] {
  const here = labels.map(({ name, color }) => ({
    ...{ name, color: colorNumber(color), parts: [], actions: [] },
  }))
  const [names, colors] = [
    new Set(here.map(({ name }) => name)),
    new Set(here.map(({ color }) => color)),
  ]
  if (here.length > 0 && !vocLabels.some(({ name }) => names.has(name))) return here
  const own = vocLabels.map((label) => {
    const isTaken = !names.has(label.name) && label.color !== null && colors.has(label.color)
    return isTaken ? { ...label, color: null } : label
  })
  return [...own, ...here]
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
