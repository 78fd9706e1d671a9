import type { Label } from '#shared/domain/label.ts'
import { csvLine } from '../common/csv.ts'
import { flatLabels } from '../common/label-index.ts'

/** `class-descriptions.csv`: machine name and name, which are the same here. */
export function classLines(labels: readonly Label[]): string[] {
  return uniqueNames(labels).map((name) => csvLine([name, name]))
}

/** `bbox_labels_600_hierarchy.json`: labels that have others below them, under a root that is no label. */
export function hierarchyText(labels: readonly Label[]): string {
  const names = new Set(uniqueNames(labels))
  let number = 0
  while (names.has(`/m/${number}`)) number += 1
  const parents = labels.filter(({ sublabels }) => sublabels.length > 0)
  const root = {
    LabelName: `/m/${number}`,
    Subcategory: parents.map(({ name, sublabels }) => ({
      LabelName: name,
      Subcategory: sublabels.map((sublabel) => ({ LabelName: sublabel.name })),
    })),
  }
  return `${JSON.stringify(root, null, 4)}\n`
}

function uniqueNames(labels: readonly Label[]): string[] {
  return [...new Set(flatLabels(labels).map(({ label }) => label.name))]
}
