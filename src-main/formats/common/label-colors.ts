/** Labels by colour, as class masks and their lists have them. */
import type { Label } from '#shared/domain/label.ts'
import { flatLabels } from './label-index.ts'

export interface ColoredLabel {
  readonly name: string
  /** 0xrrggbb */
  readonly color: number
}

export const BACKGROUND = 'background'

/**
 * All labels of a task with their colours, joints of skeletons by their bare names, in the task's order; `background` is
 * put before them when there is none, as in CVAT. Of labels with one name the first counts.
 */
export function coloredLabels(labels: readonly Label[]): ColoredLabel[] {
  const byName = new Map<string, ColoredLabel>()
  for (const { label } of flatLabels(labels)) {
    const { name } = label
    if (!byName.has(name)) byName.set(name, { name, color: colorNumber(label.color) })
  }
  const all = [...byName.values()]
  return byName.has(BACKGROUND) ? all : [{ name: BACKGROUND, color: 0 }, ...all]
}

/** By name, in order of code points: how the numbers of classes in masks come about. */
export function inNameOrder(labels: readonly ColoredLabel[]): ColoredLabel[] {
  return [...labels].sort((a, b) => Buffer.compare(Buffer.from(a.name), Buffer.from(b.name)))
}

/** The background becomes class 0: the first label that is black, else the one of that name. */
export function backgroundFirst(labels: readonly ColoredLabel[]): ColoredLabel[] {
  const background =
    labels.find(({ color }) => color === 0) ?? labels.find(({ name }) => name === BACKGROUND)
  if (background === undefined) return [...labels]
  return [background, ...labels.filter((label) => label !== background)]
}

/**
 * Where masks tell labels by colour alone, two of one colour would become one: the later one gets the next colour that
 * nobody has. The file's own list says which.
 * @param background  keeps its colour in any case
 */
export function withOwnColors(
  labels: readonly ColoredLabel[],
  background: ColoredLabel | undefined,
): ColoredLabel[] {
  const wanted = new Set(labels.map(({ color }) => color))
  const taken = new Set(background === undefined ? [] : [background.color])
  return labels.map((label) => {
    let { color } = label
    if (label !== background && taken.has(color)) {
      while (wanted.has(color) || taken.has(color)) color = (color + 1) & 0xffffff
    }
    taken.add(color)
    return { ...label, color }
  })
}

/** @param color `#rrggbb` */
export function colorNumber(color: string): number {
  return Number.parseInt(color.slice(1), 16)
}

/** @returns `#rrggbb` */
export function colorText(color: number): string {
  return `#${color.toString(16).padStart(6, '0')}`
}

/** `r g b` with something between them. */
export function rgbText(color: number, separator: string): string {
  return [color >> 16, (color >> 8) & 255, color & 255].join(separator)
}
