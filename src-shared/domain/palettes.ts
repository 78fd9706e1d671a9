import { instanceColors } from './distinct-color.ts'

/**
 * Colours that people with a colour vision deficiency can tell apart, too (about one man in twelve has one).
 * - `okabe-ito`: eight colours made for all common deficiencies. Okabe & Ito 2008, "Color Universal Design", jfly.uni-koeln.de/color
 * - `tol-bright`, `tol-muted`: seven and nine. Paul Tol 2021, "Colour Schemes", SRON/EPS/TN/09-002 issue 3.2
 *
 * Black and grey of these sets are left out: black lines vanish on dark pictures, and grey is what has no group.
 */
export const paletteIds = ['default', 'okabe-ito', 'tol-bright', 'tol-muted'] as const
export type PaletteId = (typeof paletteIds)[number]

/** `#rrggbb`, in the order they are given out: neighbours in the list are the easiest to tell apart. */
export const palettes: Readonly<Record<PaletteId, readonly string[]>> = {
  default: instanceColors,
  'okabe-ito': ['#e69f00', '#56b4e9', '#009e73', '#f0e442', '#0072b2', '#d55e00', '#cc79a7'],
  'tol-bright': ['#4477aa', '#ee6677', '#228833', '#ccbb44', '#66ccee', '#aa3377'],
  'tol-muted': [
    '#cc6677',
    '#332288',
    '#ddcc77',
    '#117733',
    '#88ccee',
    '#882255',
    '#44aa99',
    '#999933',
    '#aa4499',
  ],
}

/** The colour of the nth thing; with more things than colours they begin again. */
export function paletteColor(palette: PaletteId, index: number): string {
  const colors = palettes[palette]
  return colors[index % colors.length] ?? instanceColors[0] ?? '#33ddff'
}
