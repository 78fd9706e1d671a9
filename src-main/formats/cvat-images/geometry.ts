/** Points of each shape type to XML attributes and back. The names are CVAT's. */
import type { ShapeType } from '#shared/domain/annotation.ts'
import { maskProblem } from '#shared/geometry/mask.ts'
import { at, isCoordinate } from '#shared/geometry/points.ts'
import { decimalAt, decimalList } from '../common/decimal-text.ts'
import type { TextBuffer } from '../common/text-buffer.ts'

export const ELEMENTS: Readonly<Record<ShapeType, string>> = {
  rectangle: 'box',
  polygon: 'polygon',
  polyline: 'polyline',
  points: 'points',
  ellipse: 'ellipse',
  cuboid: 'cuboid',
  mask: 'mask',
  skeleton: 'skeleton',
}

/** Element name to shape type. */
export const SHAPE_TYPES: ReadonlyMap<string, ShapeType> = new Map(
  Object.entries(ELEMENTS).map(([type, element]) => [element, type as ShapeType]),
)

const BOX = ['xtl', 'ytl', 'xbr', 'ybr']
const ELLIPSE = ['cx', 'cy', 'rx', 'ry']
const CUBOID = ['1', '2'].flatMap((face) =>
  ['tl', 'bl', 'tr', 'br'].flatMap((corner) => [`x${corner}${face}`, `y${corner}${face}`]),
)

/** Least and exact counts of numbers a point list must have. */
const LEAST: Readonly<Record<'polygon' | 'polyline' | 'points', number>> = {
  polygon: 6,
  polyline: 4,
  points: 2,
}

/** ` name="value"` of a shape's points and rotation. Only numbers: nothing to escape. */
export function writeGeometry(
  out: TextBuffer,
  type: ShapeType,
  points: readonly number[],
  rotation: number,
): void {
  switch (type) {
    case 'rectangle':
      writeNamed(out, BOX, points)
      writeRotation(out, rotation)
      return
    case 'ellipse': {
      const [cx, cy] = [at(points, 0), at(points, 1)]
      // Radii are lengths: an ellipse told from its other side is the same one.
      const radii = [Math.abs(at(points, 2) - cx), Math.abs(cy - at(points, 3))]
      writeNamed(out, ELLIPSE, [cx, cy, ...radii])
      writeRotation(out, rotation)
      return
    }
    case 'cuboid':
      writeNamed(out, CUBOID, points)
      return
    case 'mask':
      writeMask(out, points)
      return
    case 'skeleton':
      return
    case 'polygon':
    case 'polyline':
    case 'points':
      writePointList(out, points)
  }
}

function writeRotation(out: TextBuffer, rotation: number): void {
  const turn = ((rotation % 360) + 360) % 360
  if (turn === 0) return
  out.text(' rotation="')
  out.fixed2(turn)
  out.text('"')
}

function writeNamed(out: TextBuffer, names: readonly string[], values: readonly number[]): void {
  for (const [i, name] of names.entries()) {
    out.text(' ')
    out.text(name)
    out.text('="')
    out.fixed2(at(values, i))
    out.text('"')
  }
}

function writePointList(out: TextBuffer, points: readonly number[]): void {
  out.text(' points="')
  for (let i = 0; i + 1 < points.length; i += 2) {
    if (i > 0) out.text(';')
    out.fixed2(at(points, i))
    out.text(',')
    out.fixed2(at(points, i + 1))
  }
  out.text('"')
}

/** The file has the size of the box where our points have its inclusive right and bottom. */
function writeMask(out: TextBuffer, points: readonly number[]): void {
  const [left = 0, top = 0, right = 0, bottom = 0] = points.slice(-4)
  out.text(' rle="')
  out.wholes(points.slice(0, -4), ', ')
  out.text(`" left="${left}" top="${top}" width="${right - left + 1}" height="${bottom - top + 1}"`)
}

export type XmlAttributes = Readonly<Record<string, string>>

/**
 * Points of a shape element.
 * @param refuse says what is wrong with the element and does not come back
 */
export function parsePoints(
  type: ShapeType,
  xml: XmlAttributes,
  refuse: (problem: string) => never,
): number[] {
  switch (type) {
    case 'rectangle':
      return BOX.map((name) => toNumber(xml, name, refuse))
    case 'ellipse': {
      const [cx = 0, cy = 0, rx = 0, ry = 0] = ELLIPSE.map((name) => toNumber(xml, name, refuse))
      if (rx < 0 || ry < 0) refuse('rx and ry must not be negative')
      return [cx, cy, cx + rx, cy - ry]
    }
    case 'cuboid':
      return CUBOID.map((name) => toNumber(xml, name, refuse))
    case 'mask':
      return parseMask(xml, refuse)
    case 'skeleton':
      return []
    case 'polygon':
    case 'polyline':
    case 'points':
      return parsePointList(xml.points ?? '', LEAST[type], refuse)
  }
}

function parsePointList(text: string, least: number, refuse: (problem: string) => never): number[] {
  const points: number[] = []
  for (let start = 0; start <= text.length; ) {
    const semicolon = text.indexOf(';', start)
    const end = semicolon < 0 ? text.length : semicolon
    const comma = text.indexOf(',', start)
    const x = decimalAt(text, start, comma)
    // A second comma, or none before the end, makes one of the two no number.
    const y = decimalAt(text, comma + 1, end)
    if (comma < 0 || comma > end || !isCoordinate(x) || !isCoordinate(y)) {
      refuse(`"${text.slice(start, Math.min(end, start + 40))}" in points is not a point "x,y"`)
    }
    points.push(x, y)
    start = end + 1
  }
  if (points.length < least) refuse(`it needs at least ${least / 2} points`)
  return points
}

function parseMask(xml: XmlAttributes, refuse: (problem: string) => never): number[] {
  const points = decimalList(xml.rle ?? '')
  const [left = 0, top = 0, width = 0, height = 0] = ['left', 'top', 'width', 'height'].map(
    (name) => toNumber(xml, name, refuse),
  )
  points.push(left, top, left + width - 1, top + height - 1)
  const problem = maskProblem(points)
  if (problem !== null) refuse(problem)
  return points
}

/** A coordinate or angle. */
export function toNumber(
  xml: XmlAttributes,
  name: string,
  refuse: (problem: string) => never,
): number {
  const text = xml[name]
  if (text === undefined) return refuse(`its attribute ${name} is missing`)
  const number = decimalAt(text, 0, text.length)
  return isCoordinate(number) ? number : refuse(`${name}="${text.slice(0, 40)}" is not a number`)
}
