import { defaultLabelColor } from './label-color.ts'

/** CVAT's thirty colours for instances and groups: strong ones that read on most pictures. */
export const instanceColors = (
  '#33ddff #fa3253 #34d1b7 #ff007c #ff6037 #ddff33 #24b353 #b83df5 #66ff66 #32b7fa #ffcc33 #83e070 ' +
  '#fafa37 #5986b3 #8c78f0 #ff6a4d #f078f0 #2a7dd1 #b25050 #cc3366 #cc9933 #aaf0d1 #ff00cc #3df53d ' +
  '#fa32b7 #fa7dbb #ff355e #f59331 #3d3df5 #733380'
).split(' ')

/** Under this distance two outlines of 1.5 px are hard to tell apart (looked at, on photos). */
const TWINS = 130

/**
 * The colour to offer a person for a new label: CVAT's default for its name, unless that looks like one in use; then
 * the one of the instance colours that is farthest from all of them.
 * @param used  `#rrggbb`
 */
export function distinctLabelColor(name: string, used: readonly string[]): string {
  const usual = defaultLabelColor(name, used)
  if (nearest(usual, used) >= TWINS) return usual
  const ranked = instanceColors.map((color) => ({ color, distance: nearest(color, used) }))
  const best = ranked.reduce((a, b) => (b.distance > a.distance ? b : a))
  return best.distance > nearest(usual, used) ? best.color : usual
}

function nearest(color: string, others: readonly string[]): number {
  return Math.min(Number.POSITIVE_INFINITY, ...others.map((other) => distance(color, other)))
}

/** 0 … 765: a cheap stand-in for how different two colours look. @see Riemersma, "Colour metric", compuphase.com */
function distance(a: string, b: string): number {
  const [p, q] = [rgb(a), rgb(b)]
  const red = (p[0] + q[0]) / 2
  const [dr, dg, db] = [p[0] - q[0], p[1] - q[1], p[2] - q[2]]
  return Math.sqrt((2 + red / 256) * dr * dr + 4 * dg * dg + (2 + (255 - red) / 256) * db * db)
}

function rgb(color: string): [number, number, number] {
  const value = Number.parseInt(color.slice(1), 16)
  return [value >> 16, (value >> 8) & 255, value & 255]
}
