import type { Shape } from '#shared/domain/annotation.ts'
import type { Label } from '#shared/domain/label.ts'
import type { Settings } from './settings.ts'

/** The text beside a shape, of the parts a person chose, in a fixed order: `car 12 · color: red · 120 × 80 px`. */
export function shapeText(
  shape: Shape,
  label: Label | undefined,
  content: Settings['textContent'],
): string {
  const shown = new Set(content)
  const name = [
    shown.has('label') ? (label?.name ?? '') : '',
    shown.has('id') ? String(shape.id) : '',
  ]
  const parts = [
    name.filter((part) => part !== '').join(' '),
    shown.has('source') ? shape.source : '',
    ...(shown.has('attributes') ? attributesOf(shape, label) : []),
    shown.has('dimensions') ? dimensionsOf(shape) : '',
  ]
  return parts.filter((part) => part !== '').join(' · ')
}

/** Every attribute of the label, given or default; one without any value says nothing. */
function attributesOf(shape: Shape, label: Label | undefined): string[] {
  return (label?.attributes ?? []).flatMap((spec) => {
    const given = shape.attributes.find(({ specId }) => specId === spec.id)
    const value = given?.value ?? spec.defaultValue
    return value === '' ? [] : [`${spec.name}: ${value}`]
  })
}

/** Width and height as drawn, before rotation, of what has them by itself. */
function dimensionsOf({ type, points }: Shape): string {
  const [a = 0, b = 0, c = 0, d = 0] = points
  if (type === 'rectangle') return `${Math.round(c - a)} × ${Math.round(d - b)} px`
  if (type === 'ellipse') return `${Math.round(2 * (c - a))} × ${Math.round(2 * (b - d))} px`
  return ''
}
