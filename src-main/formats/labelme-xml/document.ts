/** Follows the elements of one LabelMe file, which is about one picture, and gathers what they say. */
import { isCoordinate } from '#shared/geometry/points.ts'
import { decimalAt } from '../common/decimal-text.ts'
import type { Refuse, XmlEvents } from '../cvat-images/xml-events.ts'

export interface LabelMeObject {
  id: number
  name: string
  isDeleted: boolean
  occluded: boolean
  isBox: boolean
  user: string
  attributes: string
  /** Flat points of its outline; null where it has none. */
  points: number[] | null
  /** File name of its mask; null where it has none. */
  mask: string | null
  /** Ids of objects it is one thing with. */
  parts: readonly number[]
}

export interface LabelMeDocument {
  filename: string
  folder: string
  readonly objects: LabelMeObject[]
}

export interface DocumentReader extends XmlEvents {
  readonly document: LabelMeDocument
  /** Null as long as nothing speaks against it: what kind of file it is instead. */
  foreign(): string | null
}

/** Elements that hold text, by where they stand in an object, and what is made of it. */
const FIELDS: Readonly<
  Record<string, (text: string, object: LabelMeObject) => Partial<LabelMeObject>>
> = {
  name: (name) => ({ name }),
  deleted: (text) => ({ isDeleted: isYes(text) }),
  occluded: (text) => ({ occluded: isYes(text) }),
  id: (text, { id }) => ({ id: toIds(text)[0] ?? id }),
  type: (text) => ({ isBox: text === 'bounding_box' }),
  attributes: (attributes) => ({ attributes }),
  'parts/hasparts': (text, { parts }) => ({ parts: [...parts, ...toIds(text)] }),
  'parts/ispartof': (text, { parts }) => ({ parts: [...parts, ...toIds(text)] }),
  'polygon/username': (user) => ({ user }),
  'segm/username': (user) => ({ user }),
  'segm/mask': (mask) => ({ mask }),
}

function isYes(text: string): boolean {
  return /^(yes|true|1)$/i.test(text)
}

/** Whole numbers with commas between them; what is none is passed over, as LabelMe's own tool leaves all kinds behind. */
function toIds(text: string): number[] {
  return text.split(',').flatMap((part) => (/^\s*\d{1,15}\s*$/.test(part) ? [Number(part)] : []))
}

export function createDocumentReader(): DocumentReader {
  return new LabelMeReader()
}

class LabelMeReader implements DocumentReader {
  readonly document: LabelMeDocument = { filename: '', folder: '', objects: [] }
  #path: string[] = []
  #text = ''
  #object: LabelMeObject | null = null
  #point: { x?: number; y?: number } | null = null
  #foreign: string | null = null

  foreign(): string | null {
    return this.#foreign
  }

  open(name: string, _attributes: unknown, refuse: Refuse): void {
    this.#path.push(name)
    this.#text = ''
    const place = this.#path.slice(1).join('/')
    if (this.#path.length === 1 && name !== 'annotation') this.#foreign = `it begins with <${name}>`
    if (place === 'object/bndbox') this.#foreign = 'its objects are those of PASCAL VOC'
    if (place === 'object') {
      this.#object = newObject(this.document.objects.length)
      this.document.objects.push(this.#object)
    }
    if (place === 'object/polygon' && this.#object) {
      if (this.#object.points !== null) refuse('an object has two polygons')
      this.#object.points = []
    }
    if (place === 'object/polygon/pt') this.#point = {}
  }

  text(text: string): void {
    this.#text += text
  }

  close(_name: string, refuse: Refuse): void {
    const place = this.#path.slice(1).join('/')
    this.#path.pop()
    const text = this.#text.trim()
    this.#text = ''
    if (place === 'filename' || place === 'folder') this.document[place] = text
    if (this.#object === null || !place.startsWith('object')) return
    if (place === 'object') this.#object = null
    else if (place === 'object/polygon/pt') this.#endPoint(refuse)
    else if (place === 'object/polygon/pt/x') this.#coordinate('x', text, refuse)
    else if (place === 'object/polygon/pt/y') this.#coordinate('y', text, refuse)
    else Object.assign(this.#object, FIELDS[place.slice('object/'.length)]?.(text, this.#object))
  }

  #coordinate(axis: 'x' | 'y', text: string, refuse: Refuse): void {
    const number = decimalAt(text, 0, text.length)
    if (!isCoordinate(number)) refuse(`<${axis}>: "${text.slice(0, 40)}" is not a number`)
    if (this.#point) this.#point[axis] = number
  }

  #endPoint(refuse: Refuse): void {
    const { x, y } = this.#point ?? {}
    if (x === undefined || y === undefined) refuse('<pt> needs <x> and <y>')
    this.#object?.points?.push(x, y)
    this.#point = null
  }
}

/** @param number its place in the file: its id, where it has none of its own */
function newObject(number: number): LabelMeObject {
  return {
    id: number,
    name: '',
    isDeleted: false,
    occluded: false,
    isBox: false,
    user: '',
    attributes: '',
    points: null,
    mask: null,
    parts: [],
  }
}
