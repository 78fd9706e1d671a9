import type { NewAnnotation } from '#main/core/ports.ts'
import type { AttributeValue, ShapeType } from '#shared/domain/annotation.ts'
import type { FrameIndex } from '#shared/domain/ids.ts'
import type { Label, Sublabel } from '#shared/domain/label.ts'
import type { ImportTally } from '../common/import-tally.ts'
import { KeyframeLane } from '../common/keyframe-lane.ts'
import { toSource } from '../common/new-shape.ts'
import { ELEMENTS, parsePoints, SHAPE_TYPES, type XmlAttributes } from '../cvat-images/geometry.ts'
import { addValue, toCount, toDegrees, toFlag, toText, toWhole } from '../cvat-images/values.ts'
import { buildTrack, type TrackDraft } from './build-track.ts'

type Refuse = (problem: string) => never

interface Host {
  readonly tally: ImportTally
  add(annotation: NewAnnotation): void
}

/** Points of all keyframes of one track together: a quarter of a gigabyte. */
const MOST_NUMBERS = 2 ** 25

/** An element of the track we are in. */
type Node =
  | { kind: 'shape'; label: Label | null; values: AttributeValue[]; frame: Place; key: boolean }
  | { kind: 'joint'; label: Sublabel | null; values: AttributeValue[] }
  | { kind: 'joint-track'; label: Sublabel | null }
  | { kind: 'attribute'; name: string; text: string }

/** Null: not one of the task's frames. */
type Place = FrameIndex | null

/** Where something is stated; `key`: or only lies there, between keyframes. */
interface Position {
  readonly frame: Place
  readonly key: boolean
}

/**
 * One `<track>` of CVAT's video XML. Only its keyframes are held; what lies between is checked and passed over. Skeletons
 * are read as CVAT writes them, each joint with keyframes of its own, and as it once did, with a track for each joint.
 */
export class TrackReader {
  readonly #host: Host
  readonly #draft: TrackDraft
  readonly #name: string
  readonly #nodes: Node[] = []
  readonly #subset: string | undefined
  #numbers = 0

  /** @param plain the track stands for a plain shape, if it looks like one */
  constructor(
    host: Host,
    xml: XmlAttributes,
    { plain, refuse }: { plain: boolean; refuse: Refuse },
  ) {
    this.#host = host
    this.#name = toText(xml, 'label', refuse)
    this.#subset = xml.subset
    this.#draft = {
      label: host.tally.label(this.#name),
      group: toCount(xml, 'group_id', refuse),
      source: toSource(xml.source),
      plain,
      type: null,
      seen: 0,
      lane: new KeyframeLane(),
      joints: new Map(),
    }
  }

  /** @returns false when the element and all in it is to be passed over */
  open(name: string, xml: XmlAttributes, refuse: Refuse): boolean {
    const say: Refuse = (problem) => refuse(`${this.#where(xml)}: ${problem}`)
    const node = this.#node(name, xml, say)
    if (node === null) return false
    this.#nodes.push(node)
    return true
  }

  #where(xml: XmlAttributes): string {
    const frame = xml.frame === undefined ? '' : `frame ${xml.frame.slice(0, 20)} of `
    return `${frame}the track "${this.#name.slice(0, 80)}"`
  }

  #node(name: string, xml: XmlAttributes, refuse: Refuse): Node | null {
    const parent = this.#nodes.at(-1)
    if (name === 'attribute') {
      const isIn = parent?.kind === 'shape' || parent?.kind === 'joint'
      return isIn ? { kind: 'attribute', name: toText(xml, 'name', refuse), text: '' } : null
    }
    if (name === 'track') return parent === undefined ? this.#jointTrack(xml, refuse) : null
    const type = SHAPE_TYPES.get(name)
    if (type === undefined) return null
    switch (parent?.kind) {
      case undefined:
        return this.#shape(type, xml, refuse)
      case 'shape':
        if (this.#draft.type !== 'skeleton') return null
        return this.#joint(type, xml, {
          label: this.#sublabel(toText(xml, 'label', refuse)),
          frame: parent.frame,
          key: xml.keyframe === undefined ? parent.key : toFlag(xml, 'keyframe', refuse),
          refuse,
        })
      case 'joint-track': {
        const { label } = parent
        return this.#joint(type, xml, { label, ...this.#place(xml, refuse), refuse })
      }
      default:
        return null
    }
  }

  /** Where a shape is, and whether the track states it there. A file that says nothing about keyframes means them all. */
  #place(xml: XmlAttributes, refuse: Refuse): Position {
    if (xml.frame === undefined) refuse('its attribute frame is missing')
    const frame = this.#host.tally.frameAt(toCount(xml, 'frame', refuse), this.#subset)
    return { frame, key: xml.keyframe === undefined || toFlag(xml, 'keyframe', refuse) }
  }

  #shape(type: ShapeType, xml: XmlAttributes, refuse: Refuse): Node {
    const draft = this.#draft
    draft.type ??= type
    if (type !== draft.type) refuse(`it began as a <${ELEMENTS[draft.type]}>`)
    const { frame, key } = this.#place(xml, refuse)
    const points = this.#counted(parsePoints(type, xml, refuse), key, refuse)
    const values: AttributeValue[] = []
    const statement = {
      points,
      rotation: toDegrees(xml, refuse),
      occluded: toFlag(xml, 'occluded', refuse),
      outside: toFlag(xml, 'outside', refuse),
      zOrder: toWhole(xml, 'z_order', refuse),
      attributes: values,
    }
    if (frame !== null && !statement.outside) draft.seen += 1
    this.#put(draft.lane, { frame, key }, statement)
    return { kind: 'shape', label: draft.label, values, frame, key }
  }

  #joint(
    type: ShapeType,
    xml: XmlAttributes,
    { label, frame, key, refuse }: Position & { label: Sublabel | null; refuse: Refuse },
  ): Node {
    if (type !== 'points') refuse('a joint must be <points>')
    const points = this.#counted(parsePoints(type, xml, refuse), key, refuse)
    if (points.length !== 2) refuse('a joint is one point, no more')
    const values: AttributeValue[] = []
    const occluded = toFlag(xml, 'occluded', refuse)
    const outside = toFlag(xml, 'outside', refuse)
    if (label !== null) {
      const lane = this.#draft.joints.get(label.id) ?? new KeyframeLane()
      this.#draft.joints.set(label.id, lane)
      const joint = { labelId: label.id, points, occluded, outside, attributes: values }
      this.#put(lane, { frame, key }, joint)
    }
    return { kind: 'joint', label, values }
  }

  #put<T>(lane: KeyframeLane<T>, { frame, key }: Position, statement: T): void {
    if (lane.add(frame, key, statement)) return
    this.#host.tally.note('keyframes came twice on a frame of their track; the last one counts')
  }

  #jointTrack(xml: XmlAttributes, refuse: Refuse): Node {
    return { kind: 'joint-track', label: this.#sublabel(toText(xml, 'label', refuse)) }
  }

  #sublabel(name: string): Sublabel | null {
    const { label } = this.#draft
    const sublabel = label && this.#host.tally.labels.sublabel(label, name)
    if (label && !sublabel) {
      this.#host.tally.note(`joints with the unknown label "${name}" were left out`)
    }
    return sublabel
  }

  #counted(points: number[], isKept: boolean, refuse: Refuse): number[] {
    if (isKept) this.#numbers += points.length
    if (this.#numbers > MOST_NUMBERS) refuse('its keyframes are more than fit in memory')
    return points
  }

  text(text: string): void {
    const node = this.#nodes.at(-1)
    if (node?.kind === 'attribute') node.text += text
  }

  /** The end of an element that `open` took. */
  close(): void {
    const node = this.#nodes.pop()
    const parent = this.#nodes.at(-1)
    if (node?.kind !== 'attribute' || (parent?.kind !== 'shape' && parent?.kind !== 'joint')) return
    addValue(parent.values, { ...node, label: parent.label }, this.#host.tally)
  }

  /** The end of the track: hands it out, if the task has its label and any of its frames. */
  finish(): void {
    const { label } = this.#draft
    if (label === null) return
    const annotation = buildTrack({ ...this.#draft, label })
    if (annotation !== null) this.#host.add(annotation)
    else this.#host.tally.note('tracks without a keyframe on a frame of this task were left out')
  }
}
