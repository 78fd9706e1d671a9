/** The labels of a Datumaro file: a list that annotations point into, joints of skeletons among them. */
import { edgesByName } from '../common/edges.ts'
import type { ImportTally } from '../common/import-tally.ts'
import {
  asCount,
  asName,
  asObject,
  asOptionalList,
  asOptionalObject,
  isCount,
} from '../common/json-values.ts'
import type { Refuse } from '../common/refuse.ts'
import { BUILT_IN_NAMES } from '../common/typed-values.ts'

export interface FileLabel {
  readonly name: string
  /** The skeleton it is a joint of; null for a label of its own, whatever it calls its parent. */
  readonly skeleton: string | null
  readonly attributes: readonly string[]
  /** Of a skeleton the names of its joints, in the order annotations give them; null for other labels. */
  readonly joints: readonly string[] | null
  readonly edges: readonly (readonly [string, string])[]
  readonly color: string | null
}

interface PointsItem {
  readonly joints: readonly string[]
  readonly edges: FileLabel['edges']
}

/** @param value the `categories` of the file */
export function parseCategories(value: unknown, refuse: Refuse): FileLabel[] {
  const where = 'categories'
  const { label, points, mask } = asObject(value, where, refuse)
  const { labels } = asOptionalObject(label, `${where}.label`, refuse)
  const listed = asOptionalList(labels, `${where}.label.labels`, refuse)
  const plain = listed.map((one, i) => parseLabel(one, `${where}.label.labels[${i}]`, refuse))
  const skeletons = parsePoints(points, `${where}.points`, refuse)
  const colors = parseColors(mask, `${where}.mask`, refuse)
  const names = new Set([...skeletons.keys()].map((id) => plain[id]?.name))
  return plain.map(({ name, parent, attributes }, id) => {
    const skeleton = names.has(parent) ? parent : null
    const own = skeletons.get(id) ?? null
    return {
      ...{ name, skeleton, attributes, color: colors.get(id) ?? null },
      ...{ joints: own?.joints ?? null, edges: own?.edges ?? [] },
    }
  })
}

function parseLabel(value: unknown, where: string, refuse: Refuse) {
  const { name, parent, attributes } = asObject(value, where, refuse)
  return {
    name: asName(name, `${where}.name`, refuse),
    parent: typeof parent === 'string' ? parent : '',
    attributes: asOptionalList(attributes, `${where}.attributes`, refuse).filter(
      (one): one is string => typeof one === 'string' && !BUILT_IN_NAMES.has(one),
    ),
  }
}

function parsePoints(value: unknown, where: string, refuse: Refuse): Map<number, PointsItem> {
  const items = asOptionalList(
    asOptionalObject(value, where, refuse).items,
    `${where}.items`,
    refuse,
  )
  const found = new Map<number, PointsItem>()
  for (const [i, one] of items.entries()) {
    const at = `${where}.items[${i}]`
    const item = asObject(one, at, refuse)
    const id = asCount(item.label_id, `${at}.label_id`, refuse)
    const joints = asOptionalList(item.labels, `${at}.labels`, refuse).map((name, k) =>
      asName(name, `${at}.labels[${k}]`, refuse),
    )
    // Files of other tools list every label here, those that are no skeletons without joints.
    if (joints.length > 0) found.set(id, { joints, edges: edgesByName(joints, item.joints) })
  }
  return found
}

function parseColors(value: unknown, where: string, refuse: Refuse): Map<number, string> {
  const { colormap } = asOptionalObject(value, where, refuse)
  const entries = asOptionalList(colormap, `${where}.colormap`, refuse)
  const colors = new Map<number, string>()
  for (const entry of entries) {
    const { label_id: id, r, g, b } = asOptionalObject(entry, `${where}.colormap`, refuse)
    if (isCount(id) && [r, g, b].every((part) => isCount(part) && part < 256)) {
      const hex = [r, g, b].map((part) => (part as number).toString(16).padStart(2, '0'))
      colors.set(id, `#${hex.join('')}`)
    }
  }
  return colors
}

/** Tells an import into a project what labels the file has. */
export function describeLabels(labels: readonly FileLabel[], tally: ImportTally): void {
  for (const { name, skeleton, attributes, joints, edges, color } of labels) {
    tally.describe({
      name,
      ...(skeleton === null ? {} : { parent: skeleton, type: 'points' as const }),
      ...(joints === null ? {} : { type: 'skeleton' as const, edges }),
      ...(attributes.length > 0 ? { attributes: attributes.map((one) => ({ name: one })) } : {}),
      ...(color === null ? {} : { color }),
    })
  }
}
