import type { Appearance } from '../canvas-api.ts'

/** CSS pixels. */
export const STROKE = 1.5
export const ACTIVE_STROKE = 2
export const DOT_RADIUS = 3.5
export const DASH = [6, 4] as const
export const TEXT_FONT = '500 12px "Inter Variable", Inter, system-ui, sans-serif'

export const DEFAULT_APPEARANCE: Appearance = {
  opacity: 0.2,
  selectedOpacity: 0.4,
  outlined: false,
  outlineColor: '#000000',
  showText: 'selected',
  smoothImage: true,
}

/** `#rrggbb` with an opacity 0 … 1. */
export function withOpacity(color: string, opacity: number): string {
  const alpha = Math.round(Math.min(Math.max(opacity, 0), 1) * 255)
  return `${color.slice(0, 7)}${alpha.toString(16).padStart(2, '0')}`
}
