/** One picture's XML file as plain values, every one checked. */
import type { DatasetInput } from '#main/core/ports.ts'
import { AppError } from '#shared/errors/app-error.ts'
import { isCoordinate } from '#shared/geometry/points.ts'
import { decimalAt } from '../common/decimal-text.ts'
import { toDegrees } from '../common/read-attributes.ts'
import {
  childOf,
  childText,
  type RefuseXml,
  readXmlRecords,
  type XmlNode,
} from '../common/xml-records.ts'

export interface VocForm {
  readonly type: 'rectangle' | 'polygon'
  readonly points: number[]
  /** Degrees; undefined where an attribute may say it. */
  readonly rotation?: number
}

export interface VocObject {
  readonly name: string
  /** Null: it has no place. */
  readonly form: VocForm | null
  /** By name, with the flags, the pose and the actions, as texts and booleans. */
  readonly attributes: Readonly<Record<string, unknown>>
  /** Whether it says what it does. */
  readonly hasActions: boolean
  readonly parts: readonly Pick<VocObject, 'name' | 'form'>[]
}

export interface VocFile {
  /** Of its picture; '' where the file does not say. */
  readonly fileName: string
  readonly width: number
  readonly height: number
  readonly objects: readonly VocObject[]
}

/** @throws DATASET_INVALID, DATASET_NOT_THIS_FORMAT for another root */
export async function readAnnotationFile(input: DatasetInput, entry: string): Promise<VocFile> {
  const found = { fileName: '', width: 0, height: 0, objects: [] as VocObject[] }
  await readXmlRecords(input, entry, {
    root(name) {
      if (name !== 'annotation') throw notVoc(input.file, `${entry} has no <annotation>`)
    },
    record(node, refuse) {
      if (node.name === 'filename') found.fileName = node.text.trim()
      if (node.name === 'object') found.objects.push(parseObject(node, refuse))
      if (node.name === 'size') {
        found.width = sideOf(node, 'width')
        found.height = sideOf(node, 'height')
      }
    },
  })
  return found
}

export function notVoc(file: string, expected: string): AppError {
  return new AppError('DATASET_NOT_THIS_FORMAT', { file, format: 'PASCAL VOC 1.1', expected })
}

/** 0 where the file says nothing of use: sizes are compared and no more. */
function sideOf(node: XmlNode, name: string): number {
  const text = childText(node, name) ?? ''
  return /^\d{1,7}$/.test(text) ? Number(text) : 0
}

const FLAGS = ['truncated', 'occluded', 'difficult']

function parseObject(node: XmlNode, refuse: RefuseXml): VocObject {
  const attributes: Record<string, unknown> = Object.create(null)
  for (const name of FLAGS) {
    const flag = parseFlag(node, name, refuse)
    if (flag !== null) attributes[name] = flag
  }
  const pose = childOf(node, 'pose')
  if (pose !== undefined) attributes.pose = pose.text
  const point = childOf(node, 'point')
  if (point) attributes.point = `${toNumber(point, 'x', refuse)},${toNumber(point, 'y', refuse)}`
  const actions = childOf(node, 'actions')?.children ?? []
  for (const { name } of actions) attributes[name] = parseFlag({ children: actions }, name, refuse)
  for (const { children } of childOf(node, 'attributes')?.children ?? []) {
    const name = children.find((child) => child.name === 'name')?.text
    const value = children.find((child) => child.name === 'value')?.text
    if (name === undefined) refuse('an attribute has no name')
    else attributes[name] = value ?? ''
  }
  const parts = node.children.filter(({ name }) => name === 'part')
  return {
    name: nameOf(node, refuse),
    form: parseForm(node, refuse),
    attributes,
    hasActions: actions.length > 0,
    parts: parts.map((part) => ({ name: nameOf(part, refuse), form: parseForm(part, refuse) })),
  }
}

function nameOf(node: XmlNode, refuse: RefuseXml): string {
  const name = childText(node, 'name') ?? ''
  return name === '' ? refuse(`<${node.name}> has no name`) : name
}

/** Null where the file does not say: nothing there, or the word some tools write for it. */
function parseFlag(
  { children }: Pick<XmlNode, 'children'>,
  name: string,
  refuse: RefuseXml,
): boolean | null {
  const text = children.find((child) => child.name === name)?.text.trim() ?? ''
  if (text === '' || /^unspecified$/i.test(text)) return null
  if (/^(?:0|0\.0|false)$/i.test(text)) return false
  if (/^(?:1|1\.0|true)$/i.test(text)) return true
  return refuse(`<${name}> must be 0 or 1`)
}

/** An outline says more than the box around it, which stands beside it. */
function parseForm(node: XmlNode, refuse: RefuseXml): VocForm | null {
  const outline = childOf(node, 'polygon') ?? childOf(node, 'segmentation')
  const points = outline === undefined ? [] : parseOutline(outline, refuse)
  if (points.length >= 6) return { type: 'polygon', points, rotation: 0 }
  const turned = childOf(node, 'robndbox')
  if (turned !== undefined) return parseTurned(turned, refuse)
  const box = childOf(node, 'bndbox') ?? childOf(node, 'box')
  return box === undefined ? null : { type: 'rectangle', points: parseBox(box, refuse) }
}

/** From the top-left to the bottom-right corner, whichever the file says first. */
function parseBox(box: XmlNode, refuse: RefuseXml): number[] {
  const [x1 = 0, y1 = 0, x2 = 0, y2 = 0] = ['xmin', 'ymin', 'xmax', 'ymax'].map((name) =>
    toNumber(box, name, refuse),
  )
  return [Math.min(x1, x2), Math.min(y1, y2), Math.max(x1, x2), Math.max(y1, y2)]
}

/** roLabelImg: centre, size, and radians clockwise. */
function parseTurned(box: XmlNode, refuse: RefuseXml): VocForm {
  const [cx = 0, cy = 0, width = 0, height = 0, angle = 0] = ['cx', 'cy', 'w', 'h', 'angle'].map(
    (name) => toNumber(box, name, refuse),
  )
  if (width < 0 || height < 0) refuse('w and h must not be negative')
  return {
    type: 'rectangle',
    points: [cx - width / 2, cy - height / 2, cx + width / 2, cy + height / 2],
    rotation: toDegrees((angle * 180) / Math.PI),
  }
}

/** `<x1> <y1> <x2> …`, or a list of elements with `<x>` and `<y>`. */
function parseOutline(outline: XmlNode, refuse: RefuseXml): number[] {
  const pairs = outline.children.filter((child) => child.children.length > 0)
  if (pairs.length > 0) {
    return pairs.flatMap((pair) => [toNumber(pair, 'x', refuse), toNumber(pair, 'y', refuse)])
  }
  const byName = new Map(outline.children.map((child) => [child.name, child]))
  const points: number[] = []
  for (let i = 1; byName.has(`x${i}`); i += 1) {
    points.push(toNumber(outline, `x${i}`, refuse), toNumber(outline, `y${i}`, refuse))
  }
  return points
}

function toNumber(node: XmlNode, name: string, refuse: RefuseXml): number {
  const text = childText(node, name)
  if (text === null) return refuse(`<${node.name}> has no ${name}`)
  const number = decimalAt(text, 0, text.length)
  if (isCoordinate(number)) return number
  return refuse(`<${node.name}>: ${name} "${text.slice(0, 40)}" is not a number`)
}
