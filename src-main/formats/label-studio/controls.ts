/** The controls of a Label Studio project: what a region is drawn with, and what is asked of it. */
import type { AttributeSpec, Label, Sublabel } from '#shared/domain/label.ts'

export const IMAGE = 'image'
export const VIDEO = 'video'

/** By the type of their results: the tag of the label config, and the name each has in ours. */
export const DRAWING_CONTROLS = {
  rectanglelabels: { tag: 'RectangleLabels', name: 'rectangles' },
  polygonlabels: { tag: 'PolygonLabels', name: 'polygons' },
  ellipselabels: { tag: 'EllipseLabels', name: 'ellipses' },
  keypointlabels: { tag: 'KeyPointLabels', name: 'keypoints' },
  brushlabels: { tag: 'BrushLabels', name: 'brush' },
} as const
export type DrawingType = keyof typeof DRAWING_CONTROLS

/** Tags: choices that are of the picture and not of a region. */
export const TAGS = 'tags'
export const VIDEO_BOX = 'box'
export const VIDEO_LABELS = 'labels'

const RESERVED: ReadonlySet<string> = new Set([
  ...[IMAGE, VIDEO, TAGS, VIDEO_BOX, VIDEO_LABELS],
  ...Object.values(DRAWING_CONTROLS).map(({ name }) => name),
])

export interface AttributeControl {
  readonly name: string
  readonly spec: AttributeSpec
  /** Labels whose regions it is shown for. */
  readonly labels: string[]
}

/**
 * A control for each attribute. Labels that define the same one share it; one of the same name that is another is called
 * `name (label)`, as is one that is called like something else.
 */
export class AttributeControls {
  readonly #controls = new Map<string, AttributeControl>()
  readonly #byAttribute = new Map<number, AttributeControl>()

  constructor(labels: readonly Label[]) {
    for (const label of labels) {
      for (const each of [label, ...label.sublabels]) {
        for (const spec of each.attributes) this.#add(each, spec)
      }
    }
  }

  #add(label: Sublabel, spec: AttributeSpec): void {
    const own = ` (${label.name})`
    const plain = RESERVED.has(spec.name) ? spec.name + own : spec.name
    const known = this.#controls.get(plain)
    const name = known === undefined || isSame(known.spec, spec) ? plain : spec.name + own
    const control = this.#controls.get(name) ?? { name, spec, labels: [] }
    this.#controls.set(name, control)
    if (!control.labels.includes(label.name)) control.labels.push(label.name)
    this.#byAttribute.set(spec.id, control)
  }

  all(): AttributeControl[] {
    return [...this.#controls.values()]
  }

  nameOf(spec: AttributeSpec): string {
    return this.#byAttribute.get(spec.id)?.name ?? spec.name
  }
}

function isSame(a: AttributeSpec, b: AttributeSpec): boolean {
  return a.inputType === b.inputType && JSON.stringify(a.values) === JSON.stringify(b.values)
}

/** The attribute that a control of any project asks of a label's regions. */
export function attributeNameOf(control: string, label: Sublabel): string {
  const own = ` (${label.name})`
  return control.endsWith(own) && control.length > own.length
    ? control.slice(0, -own.length)
    : control
}
