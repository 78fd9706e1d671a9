/**
 * Follows the elements of a CVAT XML file and hands out annotations as they end. Only what an annotation is made of is
 * ever held: the image or track we are in, and the shape being read.
 */
import type { DatasetFrame, NewAnnotation, ReadTarget } from '#main/core/ports.ts'
import type { AttributeValue, SkeletonElement } from '#shared/domain/annotation.ts'
import type { Label, Sublabel } from '#shared/domain/label.ts'
import { isOccludedByJoints } from '#shared/domain/skeleton.ts'
import type { ImportTally } from '../common/import-tally.ts'
import { type NewShape, newShape, toSource } from '../common/new-shape.ts'
import { SHAPES_FOLLOW } from '../cvat-video/shapes-mark.ts'
import { TrackReader } from '../cvat-video/track-reader.ts'
import { parsePoints, SHAPE_TYPES, type XmlAttributes } from './geometry.ts'
import { MetaReader } from './meta-reader.ts'
import { addValue, toCount, toDegrees, toFlag, toText, toWhole } from './values.ts'
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

class CvatDocument implements DocumentReader {
  readonly #host: Parameters<typeof createDocumentReader>[0]
  #depth = 0
  #isCvat = false
  #frame: DatasetFrame | null = null
  #track: TrackReader | null = null
  #meta: MetaReader | null = null
  /** Tracks from here on stand for plain shapes. */
  #shapesFollow = false
  #open: OpenAnnotation | null = null
  #joint: OpenJoint | null = null
  #attributeName: string | null = null
  #text = ''
  /** Depth at which a subtree begins that is of no interest; 0 = none. */
  #skipFrom = 0

  constructor(host: Parameters<typeof createDocumentReader>[0]) {
    this.#host = host
  }

  isCvat(): boolean {
    return this.#isCvat
  }

  comment(text: string): void {
    if (text === SHAPES_FOLLOW) this.#shapesFollow = true
  }

  text(text: string): void {
    this.#track?.text(text)
    this.#meta?.text(text)
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
    if (this.#track !== null) return this.#track.open(name, xml, refuse)
    if (this.#meta !== null) {
      this.#meta.open(name)
      return true
    }
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
    if (name === 'meta') {
      this.#meta = new MetaReader((label) => this.#host.tally.describe(label))
      return true
    }
    if (name !== 'track') return false
    this.#track = new TrackReader(this.#host, xml, { plain: this.#shapesFollow, refuse })
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
    if (!isNumbered) return this.#host.tally.frame(name, undefined, xml.subset)
    const id = xml.id === undefined ? undefined : toCount(xml, 'id', refuse)
    return this.#host.tally.frame(name, id, xml.subset)
  }

  #enterAnnotation(name: string, xml: XmlAttributes, refuse: Refuse): boolean {
    const type = SHAPE_TYPES.get(name)
    if (type === undefined && name !== 'tag') return false
    const labelName = toText(xml, 'label', refuse)
    // Labels on pictures that are not here say nothing about this task.
    const label = this.#frame === null ? null : this.#host.tally.label(labelName)
    const common = {
      group: toCount(xml, 'group_id', refuse),
      source: toSource(xml.source),
      attributes: [],
    }
    const made: NewAnnotation | ((ids: Ids) => NewAnnotation) =
      type === undefined
        ? (ids) => ({ kind: 'tag', ...ids, ...common })
        : this.#shapeMaker(type, xml, { ...common, refuse })
    const frame = this.#frame
    const annotation = frame && label ? made({ frame: frame.index, labelId: label.id }) : null
    this.#open = { element: name, label, annotation, attributes: [], joints: [] }
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

  #enterJoint(name: string, xml: XmlAttributes, refuse: Refuse): boolean {
    const type = SHAPE_TYPES.get(name)
    if (type === undefined || this.#open?.element !== 'skeleton') return false
    const points = parsePoints(type, xml, refuse)
    const labelName = toText(xml, 'label', refuse)
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
    if (this.#track !== null && depth > 2) this.#track.close()
    else if (this.#meta !== null && depth > 2) this.#meta.close()
    else if (this.#attributeName !== null && name === 'attribute') this.#closeAttribute()
    else if (depth === 4) this.#joint = null
    else if (depth === 3) this.#closeAnnotation()
    else if (depth === 2) {
      this.#track?.finish()
      this.#frame = null
      this.#track = null
      this.#meta = null
    }
  }

  #closeAttribute(): void {
    const { label, attributes } = this.#joint ?? this.#open ?? { label: null, attributes: [] }
    const name = this.#attributeName ?? ''
    this.#attributeName = null
    addValue(attributes, { label, name, text: this.#text }, this.#host.tally)
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

/** The file has no occlusion of a whole skeleton: it is that of its joints. */
function ofJoints(elements: readonly SkeletonElement[]): { occluded?: boolean } {
  return elements.length > 0 ? { occluded: isOccludedByJoints(elements) } : {}
}
