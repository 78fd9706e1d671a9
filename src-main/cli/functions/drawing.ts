import type { Detection } from '#shared/domain/detection.ts'
import { maskToPolygons } from '#shared/geometry/mask-contours.ts'
import { bridgeHoles } from '#shared/geometry/polygon-bridges.ts'
import { rectangleToPolygon } from '#shared/geometry/rectangle.ts'

/** A picture in a file, upright. */
export interface DrawnPicture {
  readonly contentType: string
  readonly bytes: Uint8Array
  readonly width: number
  readonly height: number
}

const COLORS = ['#e6194b', '#3cb44b', '#4363d8', '#f58231', '#911eb4', '#008080', '#9a6324']

/** What was found, drawn over its picture: an SVG file that any browser shows, the picture inside. */
export function drawingOf(picture: DrawnPicture, found: readonly Detection[]): string {
  const { width, height, contentType, bytes } = picture
  const data = Buffer.from(bytes).toString('base64')
  const stroke = Math.max(1, Math.round(Math.max(width, height) / 500))
  const labels = [...new Set(found.map(({ label }) => label))]
  const drawn = found.map((one) => {
    const color = COLORS[labels.indexOf(one.label) % COLORS.length]
    return `<g stroke="${color}" fill="${color}">${shapes(one, stroke)}${caption(one, stroke)}</g>`
  })
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}">`,
    `<image href="data:${contentType};base64,${data}" width="${width}" height="${height}"/>`,
    `<g stroke-width="${stroke}" fill-opacity="0.25" font-family="sans-serif" font-size="${stroke * 9}">`,
    ...drawn,
    '</g>',
    '</svg>',
    '',
  ].join('\n')
}

function shapes(one: Detection, stroke: number): string {
  const { type, points } = one
  switch (type) {
    case 'rectangle':
      return polygon(rectangleToPolygon(points, one.rotation))
    case 'mask':
      return maskToPolygons(points)
        .map((loops) => polygon(bridgeHoles(loops)))
        .join('')
    case 'ellipse':
      return ellipse(one)
    case 'polyline':
      return `<polyline fill="none" points="${points.join(' ')}"/>`
    case 'polygon':
      return polygon(points)
    case 'tag':
      return ''
    case 'skeleton':
      return one.elements
        .filter(({ outside }) => !outside)
        .map((joint) => dots(joint.points, 2 * stroke))
        .join('')
    default:
      return dots(points, 2 * stroke)
  }
}

const polygon = (points: readonly number[]) => `<polygon points="${points.join(' ')}"/>`

function ellipse({ points: [cx = 0, cy = 0, right = 0, top = 0], rotation }: Detection): string {
  const turn = `rotate(${rotation} ${cx} ${cy})`
  return `<ellipse cx="${cx}" cy="${cy}" rx="${right - cx}" ry="${cy - top}" transform="${turn}"/>`
}

function dots(points: readonly number[], radius: number): string {
  let text = ''
  for (let i = 0; i + 1 < points.length; i += 2)
    text += `<circle cx="${points[i]}" cy="${points[i + 1]}" r="${radius}"/>`
  return text
}

/** Label and score, at the top left of the shape; tags one below the other at that of the picture. */
function caption(one: Detection, stroke: number): string {
  const [x, y] = cornerOf(one)
  const score = one.score === null ? '' : ` ${one.score.toFixed(2)}`
  const place = `x="${x}" y="${Math.max(9 * stroke, y - 2 * stroke)}"`
  return `<text ${place} fill-opacity="1" stroke="none">${escaped(one.label + score)}</text>`
}

function cornerOf({ type, points, elements }: Detection): [number, number] {
  if (type === 'mask') return [points.at(-4) ?? 0, points.at(-3) ?? 0]
  const flat = type === 'skeleton' ? elements.flatMap((joint) => joint.points) : points
  const xs = flat.filter((_, at) => at % 2 === 0)
  const ys = flat.filter((_, at) => at % 2 === 1)
  return [Math.max(0, Math.min(...xs, 1e7)) % 1e7, Math.max(0, Math.min(...ys, 1e7)) % 1e7]
}

function escaped(text: string): string {
  return text.replace(/[&<>"]/g, (one) => `&#${one.charCodeAt(0)};`)
}
