/** One picture's XML file, spelled as CVAT's exports have it: two blanks deeper each, no declaration. */
import type { DatasetFrame } from '#main/core/ports.ts'
import type { Label } from '#shared/domain/label.ts'
import type { WovenShape } from '#shared/tracks/weave.ts'
import { pythonFloat, round2 } from '../common/decimals.ts'
import { isTrue } from '../common/read-attributes.ts'
import { type TypedValue, typedAttributes } from '../common/typed-values.ts'
import { escapeText } from '../cvat-images/xml-text.ts'

export interface VocPicture {
  readonly id: string
  /** Path of its picture: the id with an extension. */
  readonly fileName: string
  readonly frame: DatasetFrame
  readonly hasMasks: boolean
}

const FLAGS = ['truncated', 'occluded', 'difficult']

export function annotationXml(
  { id, fileName, frame, hasMasks }: VocPicture,
  boxes: readonly { readonly shape: WovenShape; readonly label: Label }[],
): string {
  const { width, height } = frame
  // What stands before the first underscore, as the data set's years do.
  const folder = id.includes('_') ? id.slice(0, id.indexOf('_')) : ''
  const size = [element(2, 'width', width), element(2, 'height', height), element(2, 'depth', '')]
  const unknown = ['database', 'annotation', 'image'].map((name) => element(2, name, 'Unknown'))
  return [
    '<annotation>\n',
    element(1, 'folder', folder),
    element(1, 'filename', fileName),
    block(1, 'source', unknown),
    ...(width > 0 && height > 0 ? [block(1, 'size', size)] : []),
    element(1, 'segmented', hasMasks ? 1 : 0),
    ...boxes.map(({ shape, label }) => objectXml(shape, label)),
    '</annotation>\n',
  ].join('')
}

function objectXml(shape: WovenShape, label: Label): string {
  const all = typedAttributes(shape, label)
  const values = new Map(all)
  const pose = values.get('pose')
  const box = ['xmin', 'ymin', 'xmax', 'ymax'].map((name, i) =>
    element(3, name, pythonFloat(round2(shape.points[i] ?? 0))),
  )
  const rest = all.filter(([name, value]) => !isTold(name, value))
  const attributes = rest.map(([name, value]) =>
    block(3, 'attribute', [element(4, 'name', name), element(4, 'value', pythonText(value))]),
  )
  return block(1, 'object', [
    element(2, 'name', label.name),
    ...(pose === undefined ? [] : [element(2, 'pose', pythonText(pose))]),
    ...FLAGS.map((name) => element(2, name, isTrue(values.get(name)) ? 1 : 0)),
    block(2, 'bndbox', box),
    ...(attributes.length > 0 ? [block(2, 'attributes', attributes)] : []),
  ])
}

/** Whether an element of its own says it. A flag that is no checkbox but a text says more than 0 or 1. */
function isTold(name: string, value: TypedValue): boolean {
  if (name === 'pose') return true
  return FLAGS.includes(name) && typeof value === 'boolean'
}

/** As Python's `str`. */
function pythonText(value: TypedValue): string {
  if (typeof value === 'boolean') return value ? 'True' : 'False'
  return typeof value === 'number' ? pythonFloat(value) : value
}

function element(depth: number, name: string, content: string | number): string {
  return `${'  '.repeat(depth)}<${name}>${escapeText(String(content))}</${name}>\n`
}

function block(depth: number, name: string, children: readonly string[]): string {
  const indent = '  '.repeat(depth)
  return `${indent}<${name}>\n${children.join('')}${indent}</${name}>\n`
}
