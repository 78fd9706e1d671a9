/**
 * Follows the elements of a CVAT XML file and hands out annotations as they end. Only what an annotation is made of is
 * ever held: the image or track we are in, and the shape being read.
 */
import type { DatasetFrame, NewAnnotation, ReadTarget } from '#main/core/ports.ts'
import type { AttributeValue, SkeletonElement, Source } from '#shared/domain/annotation.ts'
import type { Label, Sublabel } from '#shared/domain/label.ts'
import { isOccludedByJoints } from '#shared/domain/skeleton.ts'
import type { ImportTally } from '../common/import-tally.ts'
import { attributeText } from '../common/label-index.ts'
import { type NewShape, newShape, toSource } from '../common/new-shape.ts'
import { parsePoints, SHAPE_TYPES, toNumber, type XmlAttributes } from './geometry.ts'
import type { Refuse, XmlEvents } from './xml-events.ts'

export interface DocumentReader extends XmlEvents {
  /** True once the root element of a CVAT file was seen. */
  isCvat(): boolean
}

export function createDocumentReader(host: {
  readonly target: ReadTarget
  readonly tally: ImportTally
  add(annotation: NewAnnotation): void
}): DocumentReader {
  return new CvatDocument(host)
}

interface OpenTrack {
  readonly label: Label | null
  readonly group: number
  readonly source: Source
}

/** A shape or tag whose children are still to come. `label` null: read for errors only. */
interface OpenAnnotation {
  readonly element: string
  readonly label: Label | null
  readonly annotation: NewAnnotation | null
  readonly attributes: AttributeValue[]
  readonly joints: SkeletonElement[]
}

interface OpenJoint {
  readonly label: Sublabel | null
  readonly attributes: AttributeValue[]
}

/** A position no frame has. */
const NO_FRAME = -1

class CvatDocument implements DocumentReader {
  readonly #host: Parameters<typeof createDocumentReader>[0]
  #depth = 0
  #isCvat = false
  #frame: DatasetFrame | null = null
  /** Frames that tracks were seen on, by absolute number: each is reported once. */
  readonly #trackFrames = new Map<number, DatasetFrame | null>()
  #track: OpenTrack | null = null
  #open: OpenAnnotation | null = null
  #joint: OpenJoint | null = null
  #attributeName: string | null = null
  #text = ''
  /** Depth at which a subtree begins that is of no interest (meta and what we do not know); 0 = none. */
  #skipFrom = 0

  constructor(host: Parameters<typeof createDocumentReader>[0]) {
    this.#host = host
  }

  isCvat(): boolean {
    return this.#isCvat
  }

  text(text: string): void {
    if (this.#attributeName !== null) this.#text += text
  }

  open(name: string, xml: XmlAttributes, refuse: Refuse): void {
    this.#depth++
    if (this.#skipFrom > 0) return
    if (!this.#enter(name, xml, (problem) => refuse(`<${name}>: ${problem}`))) {
      this.#skipFrom = this.#depth
    }
  }

  /** @returns false when the element and all in it is to be passed over */
  #enter(name: string, xml: XmlAttributes, refuse: Refuse): boolean {
    if (this.#depth === 1) {
      this.#isCvat = name === 'annotations'
      return this.#isCvat
    }
    if (this.#depth === 2) return this.#enterHolder(name, xml, refuse)
    if (name === 'attribute' && this.#open !== null) {
      this.#attributeName = xml.name ?? refuse('its attribute name is missing')
      this.#text = ''
      return true
    }
    if (this.#depth === 3) return this.#enterAnnotation(name, xml, refuse)
    return this.#depth === 4 && this.#enterJoint(name, xml, refuse)
  }

  #enterHolder(name: string, xml: XmlAttributes, refuse: Refuse): boolean {
    if (name === 'image') {
      this.#frame = this.#findFrame(xml, refuse)
      return true
    }
    if (name !== 'track') return false
    this.#host.tally.note(
      'tracks were imported as plain shapes, one for each frame they are written on',
    )
    const label = xml.label ?? refuse('its attribute label is missing')
    this.#track = {
      label: this.#host.tally.label(label),
      group: toCount(xml, 'group_id', refuse),
      source: toSource(xml.source),
    }
    return true
  }

  /**
   * By name. CVAT falls back to `id` as a position for any name; we do so only where the name says no more than that
   * (none at all, or a video's `frame_000123`), or a file of other pictures would land on these.
   */
  #findFrame(xml: XmlAttributes, refuse: Refuse): DatasetFrame | null {
    const name = xml.name ?? ''
    if (name === '' && xml.id === undefined) refuse('it has neither name nor id')
    const isNumbered = name === '' || /^(?:.*\/)?frame_\d+(?:\.\w+)?$/.test(name)
    if (!isNumbered) return this.#host.tally.frame(name)
    return this.#host.tally.frame(
      name,
      xml.id === undefined ? undefined : toCount(xml, 'id', refuse),
    )
  }

  #enterAnnotation(name: string, xml: XmlAttributes, refuse: Refuse): boolean {
    const type = SHAPE_TYPES.get(name)
    if (type === undefined && name !== 'tag') return false
    const facts =
      this.#track === null ? this.#imageFacts(xml, refuse) : this.#trackFacts(xml, refuse)
    const common = { group: facts.group, source: facts.source, attributes: [] }
    const made: NewAnnotation | ((ids: Ids) => NewAnnotation) =
      type === undefined
        ? (ids) => ({ kind: 'tag', ...ids, ...common })
        : this.#shapeMaker(type, xml, { ...common, refuse })
    const placed = facts.frame !== null && facts.label !== null && !facts.outside
    const annotation = placed ? made({ frame: facts.frame.index, labelId: facts.label.id }) : null
    this.#open = { element: name, label: facts.label, annotation, attributes: [], joints: [] }
    return true
  }

  /** Everything is checked, even on a frame that is not here: a broken file is refused whole. */
  #shapeMaker(
    type: NewShape['type'],
    xml: XmlAttributes,
    { refuse, ...common }: Pick<NewShape, 'group' | 'source' | 'attributes'> & { refuse: Refuse },
  ): (ids: Ids) => NewShape {
    const shape = {
      ...common,
      type,
      points: parsePoints(type, xml, refuse),
      rotation: toDegrees(xml, refuse),
      occluded: toFlag(xml, 'occluded', refuse),
      zOrder: toWhole(xml, 'z_order', refuse),
    }
    return (ids) => newShape({ ...ids, ...shape })
  }

  #imageFacts(xml: XmlAttributes, refuse: Refuse): Facts {
    const name = xml.label ?? refuse('its attribute label is missing')
    return {
      frame: this.#frame,
      // Labels on pictures that are not here say nothing about this task.
      label: this.#frame === null ? null : this.#host.tally.label(name),
      outside: false,
      group: toCount(xml, 'group_id', refuse),
      source: toSource(xml.source),
    }
  }

  #trackFacts(xml: XmlAttributes, refuse: Refuse): Facts {
    const { startFrame, frameStep } = this.#host.target.task
    if (xml.frame === undefined) refuse('its attribute frame is missing')
    const absolute = toCount(xml, 'frame', refuse)
    const index = (absolute - startFrame) / Math.max(1, frameStep)
    const outside = toFlag(xml, 'outside', refuse)
    return {
      frame:
        outside || index < 0 || !Number.isInteger(index) ? null : this.#frameAt(index, absolute),
      label: this.#track?.label ?? null,
      outside,
      group: this.#track?.group ?? 0,
      source: this.#track?.source ?? 'file',
    }
  }

  /** The file names no picture, so a video's name for the frame stands for it in reports. */
  #frameAt(index: number, absolute: number): DatasetFrame | null {
    const known = this.#trackFrames.get(absolute)
    if (known !== undefined) return known
    const frame = this.#host.target.matcher.match('', index)
    const name = frame?.name ?? `frame_${String(absolute).padStart(6, '0')}`
    this.#host.tally.frame(name, frame?.index ?? NO_FRAME)
    this.#trackFrames.set(absolute, frame)
    return frame
  }

  #enterJoint(name: string, xml: XmlAttributes, refuse: Refuse): boolean {
    const type = SHAPE_TYPES.get(name)
    if (type === undefined || this.#open?.element !== 'skeleton') return false
    const points = parsePoints(type, xml, refuse)
    const labelName = xml.label ?? refuse('its attribute label is missing')
    const skeleton = this.#open.label
    const label = skeleton === null ? null : this.#host.tally.labels.sublabel(skeleton, labelName)
    const occluded = toFlag(xml, 'occluded', refuse)
    const outside = toFlag(xml, 'outside', refuse)
    const attributes: AttributeValue[] = []
    this.#joint = { label, attributes }
    if (label !== null) {
      this.#open.joints.push({ labelId: label.id, points, occluded, outside, attributes })
    } else if (skeleton !== null) {
      this.#host.tally.note(`joints with the unknown label "${labelName}" were left out`)
    }
    return true
  }

  close(name: string): void {
    const depth = this.#depth--
    if (this.#skipFrom > 0) {
      if (depth === this.#skipFrom) this.#skipFrom = 0
      return
    }
    if (this.#attributeName !== null && name === 'attribute') this.#closeAttribute()
    else if (depth === 4) this.#joint = null
    else if (depth === 3) this.#closeAnnotation()
    else if (depth === 2) {
      this.#frame = null
      this.#track = null
    }
  }

  #closeAttribute(): void {
    const { label, attributes } = this.#joint ?? this.#open ?? { label: null, attributes: [] }
    const name = this.#attributeName ?? ''
    this.#attributeName = null
    const spec = label === null ? null : this.#host.tally.labels.attribute(label, name)
    if (spec === null) return
    const value = attributeText(spec, this.#text)
    if (value !== null) attributes.push({ specId: spec.id, value })
    else {
      this.#host.tally.note(`values of the attribute "${name}" that it cannot have were left out`)
    }
  }

  #closeAnnotation(): void {
    const open = this.#open
    this.#open = null
    if (open === null || open.annotation === null) return
    const { annotation, attributes, joints: elements } = open
    this.#host.add(
      annotation.kind === 'shape'
        ? { ...annotation, ...ofJoints(elements), attributes, elements }
        : { ...annotation, attributes },
    )
  }
}

type Ids = Pick<NewShape, 'frame' | 'labelId'>

interface Facts extends OpenTrack {
  readonly frame: DatasetFrame | null
  readonly outside: boolean
}

function toFlag(xml: XmlAttributes, name: string, refuse: Refuse): boolean {
  const text = xml[name]
  if (text === undefined || text === '0' || /^false$/i.test(text)) return false
  return text === '1' || /^true$/i.test(text) || refuse(`${name} must be 0 or 1`)
}

function toWhole(xml: XmlAttributes, name: string, refuse: Refuse): number {
  const text = xml[name] ?? '0'
  const number = /^-?\d{1,16}$/.test(text) ? Number(text) + 0 : Number.NaN
  return Number.isSafeInteger(number) ? number : refuse(`${name} must be a whole number`)
}

function toCount(xml: XmlAttributes, name: string, refuse: Refuse): number {
  const number = toWhole(xml, name, refuse)
  return number >= 0 ? number : refuse(`${name} must not be negative`)
}

function toDegrees(xml: XmlAttributes, refuse: Refuse): number {
  if (xml.rotation === undefined) return 0
  const degrees = toNumber(xml, 'rotation', refuse) % 360
  return degrees < 0 ? degrees + 360 : degrees + 0
}

/** The file has no occlusion of a whole skeleton: it is that of its joints. */
function ofJoints(elements: readonly SkeletonElement[]): { occluded?: boolean } {
  return elements.length > 0 ? { occluded: isOccludedByJoints(elements) } : {}
}
