/** The labels a file names, gathered while it is read: for previews, and to make labels from. */
import type { AttributeValue, Keyframe, SkeletonElement } from '#shared/domain/annotation.ts'
import type { AttributeId, LabelId } from '#shared/domain/ids.ts'
import type { AttributeSpec, Label, Sublabel } from '#shared/domain/label.ts'
import type { DescribedLabel, LabelIndex, NewAnnotation } from '../../ports.ts'
import { AttributeGuess } from './attribute-guess.ts'

/** Far beyond any id of the store: what is found has one of its own before it is anything here. */
const FIRST_ID = 2 ** 48

export interface FoundLabel {
  readonly name: string
  /** The label here that it stands for; null: there is none, or it is to be left out. */
  readonly known: Sublabel | null
  /** A person chose to leave it out. */
  readonly isLeftOut: boolean
  /** What readers are given: the known label, or nothing but a name, under an id of its own. */
  readonly label: Label
  readonly joints: Map<string, FoundLabel>
  readonly attributes: Map<string, AttributeGuess>
  /** Attributes that are known here, with values that do not fit them: an example of each. */
  readonly misfits: Map<string, string>
  readonly described: Partial<DescribedLabel>[]
  /** Shapes, tracks and tags of it; of a joint, joints. */
  count: number
  isSkeleton: boolean
}

export class FoundLabels implements LabelIndex {
  readonly byName = new Map<string, FoundLabel>()
  readonly #known: LabelIndex
  readonly #leftOut: ReadonlySet<string>
  readonly #byId = new Map<number, FoundLabel>()
  /** Joints that a known skeleton has, in its order, those not seen yet among them. */
  readonly #jointsOf = new Map<FoundLabel, ReadonlyMap<string, FoundLabel>>()
  readonly #specs = new Map<number, AttributeGuess>()
  #next = FIRST_ID

  /** @param known  finds the labels that are here, under the names a person gave them for this import */
  constructor(known: LabelIndex, leftOut: Iterable<string> = []) {
    this.#known = known
    this.#leftOut = new Set(leftOut)
  }

  /** Never null, so that whatever the file holds is read and can be counted. Spaces around a name are none of it, as in ours. */
  label(called: string): Label {
    const name = called.trim()
    const found = this.byName.get(name) ?? this.#add(this.byName, name, this.#known.label(name))
    return found.label
  }

  sublabel(parent: Label, called: string): Sublabel | null {
    const name = called.trim()
    const found = this.#byId.get(parent.id)
    if (!found) return null
    found.isSkeleton = true
    const seen = found.joints.get(name)
    if (seen) return seen.label
    const own = this.#jointsOf.get(found)?.get(name)
    if (own) found.joints.set(name, own)
    return (own ?? this.#add(found.joints, name, null)).label
  }

  attribute(label: Sublabel, called: string, value?: unknown): AttributeSpec | null {
    const name = called.trim()
    const found = this.#byId.get(label.id)
    if (!found) return null
    const known = found.known && this.#known.attribute(found.known, name)
    if (known) {
      if (!found.misfits.has(name) && !fits(known, value)) found.misfits.set(name, String(value))
      return known
    }
    const guess = this.#guess(found, name)
    guess.see(value)
    return found.label.attributes.find((spec) => spec.name === name) ?? null
  }

  describe({ parent: above, ...described }: DescribedLabel): void {
    const [name, parent] = [described.name.trim(), above?.trim()]
    let found: FoundLabel | undefined
    if (parent === undefined) {
      this.label(name)
      found = this.byName.get(name)
    } else {
      this.sublabel(this.label(parent), name)
      found = this.byName.get(parent)?.joints.get(name)
    }
    if (!found) return
    found.described.push(described)
    found.isSkeleton ||= described.type === 'skeleton'
    for (const spec of described.attributes ?? []) {
      if (!(found.known && this.#known.attribute(found.known, spec.name)))
        this.#guess(found, spec.name.trim()).describe(spec)
    }
  }

  /** The label a reader gave it. */
  of({ labelId }: NewAnnotation): FoundLabel | undefined {
    return this.#byId.get(labelId)
  }

  /** Count what a reader gave. */
  saw(annotation: NewAnnotation): void {
    const found = this.of(annotation)
    if (!found) return
    found.count += 1
    if (annotation.kind === 'shape') this.#sawJoints(annotation.elements)
    if (annotation.kind === 'track') this.#sawTrack(annotation.keyframes)
  }

  /** The annotation with the labels that are here; its label must be one of these. */
  asKnown(annotation: NewAnnotation): NewAnnotation {
    const idOf = (id: LabelId) => this.#byId.get(id)?.known?.id ?? id
    const joints = (elements: readonly SkeletonElement[]) =>
      elements.map((joint) => ({ ...joint, labelId: idOf(joint.labelId) }))
    const labelId = idOf(annotation.labelId)
    if (annotation.kind === 'tag') return { ...annotation, labelId }
    if (annotation.kind === 'shape')
      return { ...annotation, labelId, elements: joints(annotation.elements) }
    const keyframes = annotation.keyframes.map((one) => ({
      ...one,
      elements: joints(one.elements),
    }))
    return { ...annotation, labelId, keyframes }
  }

  #sawTrack(keyframes: readonly Keyframe[]): void {
    for (const [at, { attributes, elements }] of keyframes.entries()) {
      if (at === 0) this.#sawJoints(elements)
      else this.#sawChange([...attributes, ...elements.flatMap((joint) => joint.attributes)])
    }
  }

  #sawJoints(elements: readonly SkeletonElement[]): void {
    for (const { labelId } of elements) {
      const joint = this.#byId.get(labelId)
      if (joint) joint.count += 1
    }
  }

  /** Keyframes say again only what changes. */
  #sawChange(values: readonly AttributeValue[]): void {
    for (const { specId } of values) {
      const guess = this.#specs.get(specId)
      if (guess) guess.changes = true
    }
  }

  #add(to: Map<string, FoundLabel>, name: string, known: Sublabel | null): FoundLabel {
    const id = this.#next++ as LabelId
    const base = {
      color: '#000000',
      type: 'any' as const,
      attributes: [],
      svg: null,
      sublabels: [],
    }
    const found: FoundLabel = {
      name,
      known,
      isLeftOut: to === this.byName && this.#leftOut.has(name),
      label: {
        ...base,
        ...known,
        attributes: [...(known?.attributes ?? [])],
        sublabels: [],
        id,
        name,
      },
      joints: new Map(),
      attributes: new Map(),
      misfits: new Map(),
      described: [],
      count: 0,
      isSkeleton: known?.type === 'skeleton',
    }
    to.set(name, found)
    this.#byId.set(id, found)
    const joints = known && 'sublabels' in known ? (known as Label).sublabels : []
    if (joints.length > 0) this.#giveJoints(found, joints)
    return found
  }

  /** Readers look for a skeleton's joints among its sublabels, too: there they are to find what `sublabel` gives them. */
  #giveJoints(found: FoundLabel, joints: readonly Sublabel[]): void {
    const own = new Map<string, FoundLabel>()
    for (const joint of joints) this.#add(own, joint.name, joint)
    this.#jointsOf.set(found, own)
    found.label.sublabels.push(...[...own.values()].map(({ label }) => label))
  }

  /** Whatever changes over a track is mutable; until all is read, everything may be. */
  #guess(found: FoundLabel, name: string): AttributeGuess {
    const known = found.attributes.get(name)
    if (known) return known
    const guess = new AttributeGuess(name)
    const id = this.#next++ as AttributeId
    found.attributes.set(name, guess)
    this.#specs.set(id, guess)
    const spec = {
      id,
      name,
      inputType: 'text' as const,
      mutable: true,
      defaultValue: '',
      values: [],
    }
    found.label.attributes.push(spec)
    return guess
  }
}

/** Whether a file's value is one this attribute may have. */
function fits({ inputType, values }: AttributeSpec, value: unknown): boolean {
  if (value === undefined || value === null) return true
  const text = String(value)
  switch (inputType) {
    case 'checkbox':
      return typeof value === 'number' || /^(?:true|false)$/i.test(text)
    case 'number':
      return text.trim() !== '' && Number.isFinite(Number(text))
    case 'select':
    case 'radio':
      return values.includes(text)
    case 'text':
      return true
  }
}
