/** `label_colors.txt`: a line `r g b name` for each class, in the order that numbers them. */
import type { DatasetInput } from '#main/core/ports.ts'
import { type ColoredLabel, rgbText } from './label-colors.ts'
import { readLines } from './lines.ts'
import { refuseIn } from './refuse.ts'

export function labelColorLines(labels: readonly ColoredLabel[]): string[] {
  return labels.map(({ name, color }) => `${rgbText(color, ' ')} ${name}\n`)
}

/**
 * Names may hold blanks here; CVAT cuts them at the first.
 * @throws DATASET_INVALID naming the line
 */
export async function readLabelColors(input: DatasetInput, entry: string): Promise<ColoredLabel[]> {
  const labels: ColoredLabel[] = []
  for (const [index, line] of (await readLines(input, entry)).entries()) {
    if (line === '' || line.startsWith('#')) continue
    const [, ...fields] = /^(\d{1,3})[\s,]+(\d{1,3})[\s,]+(\d{1,3})\s+(.+)$/.exec(line) ?? []
    const [red = 256, green = 256, blue = 256] = fields.slice(0, 3).map(Number)
    if (Math.max(red, green, blue) > 255) {
      const problem = 'it must read "red green blue name", with colours from 0 to 255'
      refuseIn(input.file, entry)(`line ${index + 1}`, problem)
    }
    labels.push({ name: fields[3] ?? '', color: (red << 16) | (green << 8) | blue })
  }
  return labels
}
