import type { Appearance } from '../canvas-api.ts'

/** CSS pixels. */
export const STROKE = 1.5
export const ACTIVE_STROKE = 2
export const DOT_RADIUS = 3.5
export const DASH = [6, 4] as const
export const textFont = (size: number): string =>
  `500 ${size}px "Inter Variable", Inter, system-ui, sans-serif`
export const TEXT_FONT = textFont(12)

export const DEFAULT_APPEARANCE: Appearance = {
  opacity: 0.2,
  selectedOpacity: 0.4,
  outlined: false,
  outlineColor: '#000000',
  showText: 'selected',
  smoothImage: true,
  projections: false,
  textSize: 12,
  textPosition: 'auto',
  controlPointsSize: 9,
  highContrast: false,
}

/** What a shape's outline is stroked with. */
export function lineColor(appearance: Appearance, color: string): string {
  return appearance.outlined ? appearance.outlineColor : color
}

type Lines = Pick<CanvasRenderingContext2D, 'lineWidth' | 'strokeStyle' | 'stroke'>

/**
 * Strokes the current path a little wider in black or white, whichever the line's own colour is farther from; the line
 * itself is then stroked over it. Leaves line width and colour as they were.
 * @param ratio  device pixels per CSS pixel
 */
export function strokeHalo(ctx: Lines, color: string, ratio: number): void {
  const { lineWidth, strokeStyle } = ctx
  ctx.lineWidth = lineWidth + 2.5 * ratio
  ctx.strokeStyle = isDark(color) ? '#ffffffd9' : '#000000d9'
  ctx.stroke()
  ctx.lineWidth = lineWidth
  ctx.strokeStyle = strokeStyle
}

/** `#rrggbb` of less than middle lightness, as the eye weighs the three. */
function isDark(color: string): boolean {
  const value = Number.parseInt(color.slice(1, 7), 16)
  return 0.299 * (value >> 16) + 0.587 * ((value >> 8) & 255) + 0.114 * (value & 255) < 110
}

/** `#rrggbb` with an opacity 0 … 1. */
export function withOpacity(color: string, opacity: number): string {
  const alpha = Math.round(Math.min(Math.max(opacity, 0), 1) * 255)
  return `${color.slice(0, 7)}${alpha.toString(16).padStart(2, '0')}`
}
