import type { DatasetFrame, DatasetInput, NewAnnotation, ReadTarget } from '#main/core/ports.ts'
import type { AttributeValue } from '#shared/domain/annotation.ts'
import type { Label } from '#shared/domain/label.ts'
import { rectangleToPolygon } from '#shared/geometry/rectangle.ts'
import { throwIfCancelled } from '../common/cancel.ts'
import { boxOfCorners } from '../common/corners.ts'
import { createImportTally, type ImportTally } from '../common/import-tally.ts'
import { attributeText } from '../common/label-index.ts'
import { readLines } from '../common/lines.ts'
import { createBatch, newShape } from '../common/new-shape.ts'
import { refuseIn } from '../common/refuse.ts'
import { realNames } from './classes.ts'
import { findLayout, notDota } from './layout.ts'
import { type DotaObject, parseLine } from './lines.ts'

/**
 * Import DOTA: four corners that are a rectangle's become one, others a polygon.
 * @throws DATASET_INVALID, DATASET_NOT_THIS_FORMAT, DATASET_MATCHES_NOTHING, CANCELLED
 */
export async function* readDota(
  input: DatasetInput,
  target: ReadTarget,
): AsyncGenerator<NewAnnotation[]> {
  const { items, classes } = findLayout(input)
  const tally = createImportTally(input.file, target)
  const names = (classes === null ? [] : await readLines(input, classes)).filter(
    (name) => name !== '',
  )
  for (const name of names) tally.describe({ name })
  const nameOf = realNames(names)
  const batch = createBatch()
  for (const [done, { name, entry, subset }] of items.entries()) {
    throwIfCancelled(target.signal, 'The import')
    const frame = tally.frame(name, undefined, subset)
    for (const object of entry === null ? [] : await readObjects(input, entry)) {
      const label = frame === null ? null : tally.label(nameOf.get(object.label) ?? object.label)
      if (frame !== null && label !== null) batch.add(toShape(object, frame, label, tally))
    }
    target.progress(done + 1, items.length, name)
    const full = batch.take()
    if (full !== null) yield full
  }
  const rest = batch.take(true)
  if (rest !== null) yield rest
  tally.finish()
}

async function readObjects(input: DatasetInput, entry: string): Promise<DotaObject[]> {
  const lines = await readLines(input, entry)
  const first = lines.find((line) => line !== '' && /\d/.test(line) && !line.includes(':'))
  // Text files of all kinds lie in archives: one that does not even begin with corners is no damage.
  if (first !== undefined && !/^\s*[-+.\d]/.test(first)) {
    throw notDota(input.file, `${entry} does not hold corners and a class in each line`)
  }
  return lines.flatMap((line, i) => {
    const object = parseLine(line, (problem) =>
      refuseIn(input.file, entry)(`line ${i + 1}`, problem),
    )
    return object === null ? [] : [object]
  })
}

function toShape(
  { corners, difficult }: DotaObject,
  { index: frame }: DatasetFrame,
  label: Label,
  tally: ImportTally,
): NewAnnotation {
  const common = { frame, labelId: label.id, attributes: gradeOf(difficult, label, tally) }
  const box = boxOfCorners(corners)
  if (box === null || !isSame(corners, rectangleToPolygon(box.points, box.rotation))) {
    return newShape({ ...common, type: 'polygon', points: [...corners] })
  }
  // Of an upright box nothing need be computed: it is as the file has it, to the last digit.
  return box.rotation === 0
    ? newShape({ ...common, type: 'rectangle', points: around(corners) })
    : newShape({ ...common, type: 'rectangle', ...box })
}

function around(corners: readonly number[]): number[] {
  const xs = corners.filter((_, i) => i % 2 === 0)
  const ys = corners.filter((_, i) => i % 2 === 1)
  return [Math.min(...xs), Math.min(...ys), Math.max(...xs), Math.max(...ys)]
}

/** Image pixels: corners a rounding of one decimal apart are the same; more would move what somebody placed. */
const SLACK = 0.1

/** Whether these are the same corners, wherever they begin and whichever way they go. */
function isSame(a: readonly number[], b: readonly number[]): boolean {
  return [0, 2, 4, 6].every((i) =>
    [0, 2, 4, 6].some(
      (k) =>
        Math.abs((a[i] ?? 0) - (b[k] ?? 0)) <= SLACK &&
        Math.abs((a[i + 1] ?? 0) - (b[k + 1] ?? 0)) <= SLACK,
    ),
  )
}

function gradeOf(difficult: number, label: Label, tally: ImportTally): AttributeValue[] {
  const value = difficult > 1 ? difficult : difficult === 1
  const spec = tally.labels.attribute(label, 'difficult', value)
  if (spec === null) return []
  const text = attributeText(spec, spec.inputType === 'checkbox' ? difficult > 0 : difficult)
  return text === null ? [] : [{ specId: spec.id, value: text }]
}
