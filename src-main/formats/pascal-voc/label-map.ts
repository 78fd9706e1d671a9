/** `labelmap.txt`: a line `name:r,g,b:parts:actions` for each label, in the order that numbers them. */
import type { DatasetInput } from '#main/core/ports.ts'
import { vocColor } from '#shared/domain/label-color.ts'
import { type ColoredLabel, colorNumber, rgbText } from '../common/label-colors.ts'
import { readLines } from '../common/lines.ts'
import { type Refuse, refuseIn } from '../common/refuse.ts'

export interface VocLabel {
  readonly name: string
  /** 0xrrggbb; null where the line gives none. */
  readonly color: number | null
  /** Labels of boxes that are parts of it. */
  readonly parts: readonly string[]
  /** Attributes that say what it does. */
  readonly actions: readonly string[]
}

/** PASCAL VOC's colour of a number, and of as many numbers as anybody needs: beyond 255 none is used twice. */
export function vocColorNumber(index: number): number {
  return colorNumber(vocColor(index))
}

export function labelMapLines(labels: readonly ColoredLabel[]): string[] {
  const lines = labels.map(({ name, color }) => `${oneLine(name)}:${rgbText(color, ',')}::\n`)
  return ['# label:color_rgb:parts:actions\n', ...lines]
}

/** A name with a line break would be two lines. */
function oneLine(name: string): string {
  return name.replace(/[\r\n]+/g, ' ').trim()
}

/** @throws DATASET_INVALID naming the line */
export async function readLabelMap(input: DatasetInput, entry: string): Promise<VocLabel[]> {
  const refuse = refuseIn(input.file, entry)
  const labels: VocLabel[] = []
  const known = new Set<string>()
  for (const [index, line] of (await readLines(input, entry)).entries()) {
    const [text = ''] = [line.startsWith('#') ? '' : line]
    if (text === '') continue
    const where = `line ${index + 1}`
    const label = parseLine(text, where, refuse)
    if (known.has(label.name)) refuse(where, `the label "${label.name}" is there already`)
    known.add(label.name)
    labels.push(label)
  }
  return labels
}

/** A name may hold colons itself: the other three fields are the last ones. What follows ` #` is a remark. */
function parseLine(line: string, where: string, refuse: Refuse): VocLabel {
  const match = /^(.+?)\s*:([\d\s,]*):([^:#]*):([^:#]*)(?:\s#.*)?$/.exec(line)
  if (match === null) {
    return refuse(where, 'it must read "label:red,green,blue:parts:actions", fields may be empty')
  }
  const [, name = '', color = '', parts = '', actions = ''] = match
  return {
    name,
    color: color.trim() === '' ? null : parseColor(color, where, refuse),
    parts: listOf(parts),
    actions: listOf(actions),
  }
}

function parseColor(text: string, where: string, refuse: Refuse): number {
  const channels = text
    .split(',')
    .map((part) => (/^\s*\d{1,3}\s*$/.test(part) ? Number(part) : 256))
  const [red = 256, green = 256, blue = 256] = channels
  if (channels.length !== 3 || Math.max(red, green, blue) > 255) {
    refuse(where, `"${text.slice(0, 40)}" is no colour: three numbers from 0 to 255`)
  }
  return (red << 16) | (green << 8) | blue
}

function listOf(text: string): string[] {
  return text
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '')
}

/** A colour that no pixel has. */
const NO_COLOR = -1

/** The classes of masks: where no line has a colour, they have those of their numbers. */
export function maskClasses(labels: readonly VocLabel[]): ColoredLabel[] {
  const isColored = labels.some(({ color }) => color !== null)
  return labels.map(({ name, color }, index) => ({
    name,
    color: color ?? (isColored ? NO_COLOR : vocColorNumber(index)),
  }))
}
