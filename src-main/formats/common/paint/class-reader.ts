/** From pictures whose pixels tell a class, by its colour or its number, to masks with labels. */
import type { ReadTarget } from '#main/core/ports.ts'
import type { Label } from '#shared/domain/label.ts'
import { AppError } from '#shared/errors/app-error.ts'
import type { ImportTally } from '../import-tally.ts'
import { BACKGROUND, type ColoredLabel, colorText } from '../label-colors.ts'
import type { Png } from '../png/decode.ts'
import { colorRows, isGray, type ReadRow, repeatedRows, valueRows } from '../png/rows.ts'
import { objectsOf } from './objects.ts'

export interface FoundMask {
  readonly label: Label
  /** Mask points. */
  readonly points: number[]
}

/** So many values that no class has are told one by one; of a picture that is no mask there are thousands. */
const MOST_TOLD = 20
const MOST_IN_A_PICTURE = 1000

export class ClassReader {
  readonly #classes: readonly ColoredLabel[]
  readonly #byColor: ReadonlyMap<number, string>
  readonly #file: string
  readonly #tally: ImportTally
  readonly #keepsBackground: boolean
  readonly #told = new Set<string>()
  #known = 0
  #firstUnknown = ''

  /** @param classes  what the file lists, in the order that numbers them */
  constructor(
    classes: readonly ColoredLabel[],
    { file, tally, target }: { file: string; tally: ImportTally; target: ReadTarget },
  ) {
    this.#classes = classes
    this.#byColor = new Map([...classes].reverse().map(({ name, color }) => [color, name]))
    this.#file = file
    this.#tally = tally
    // What no object covers is no object, unless somebody made a label of it.
    this.#keepsBackground = target.labels.some(({ name }) => name === BACKGROUND)
  }

  /** One mask for each class that has pixels. */
  masksOf(png: Png): FoundMask[] {
    const look = this.#lookUp(png)
    const { width, height } = png
    const picture = { width, height, readRow: look.readRow, isRepeated: repeatedRows(png) }
    const objects = objectsOf(picture, (value) => look.nameOf(value) !== null)
    look.tell()
    return objects.flatMap(({ value, points }) => {
      const label = this.labelOf(look.nameOf(value) ?? BACKGROUND)
      return label === null ? [] : [{ label, points }]
    })
  }

  /**
   * One mask for each object of a second picture of the same size, with the class most of its pixels have. Objects are told
   * apart by whatever their pixels are; 0 and black are none.
   */
  masksOfObjects(png: Png, objectPng: Png): FoundMask[] {
    const look = this.#lookUp(png)
    const readObjects = objectPng.channels < 3 ? valueRows(objectPng) : colorRows(objectPng)
    const [isClassRepeated, isObjectRepeated] = [repeatedRows(png), repeatedRows(objectPng)]
    const isRepeated = (y: number) => isClassRepeated(y) && isObjectRepeated(y)
    const votes = new Votes(png, { readClasses: look.readRow, readObjects, isRepeated })
    const { width, height } = png
    const picture = { width, height, readRow: votes.readRow, isRepeated: votes.isRepeated }
    const objects = objectsOf(picture, (value) => value !== 0)
    const masks = objects.flatMap(({ value, points }) => {
      const name = look.nameOf(votes.winner(value))
      if (name === null) this.#tally.note('objects without a class were left out')
      const label = name === null ? null : this.labelOf(name)
      return label === null ? [] : [{ label, points }]
    })
    look.tell()
    return masks
  }

  /** The label of a class; null for one the task does not have, which is counted. */
  labelOf(name: string): Label | null {
    if (name === BACKGROUND && !this.#keepsBackground) return null
    this.#known++
    return this.#tally.label(name)
  }

  /** The class of a number, from 0; null (and counted) where the list is shorter. */
  nameOfNumber(index: number): string | null {
    const name = this.#classes[index]?.name ?? null
    if (name === null) this.#tellUnknown(`class number ${index}`)
    return name
  }

  /** @throws DATASET_MATCHES_NOTHING when objects were painted, and not one of them in a class that is listed */
  finish(): void {
    if (this.#known > 0 || this.#firstUnknown === '') return
    const what = 'mask colours'
    const example = this.#firstUnknown
    throw new AppError('DATASET_MATCHES_NOTHING', { file: this.#file, what, example })
  }

  #tellUnknown(what: string): void {
    if (this.#firstUnknown === '') this.#firstUnknown = what
    const isNew = !this.#told.has(what)
    if (isNew && this.#told.size === MOST_TOLD) {
      this.#tally.note('objects of other colours that no class has were left out')
      return
    }
    this.#told.add(what)
    this.#tally.note(`objects of ${what}, which no class has, were left out`)
  }

  /** How the pixels of one picture are read, and which values it has that no class has. */
  #lookUp(png: Png): {
    readRow: ReadRow
    nameOf(value: number): string | null
    tell(): void
  } {
    const unknown = new Set<number>()
    const gray = isGray(png)
    // A class by its number; by its shade of gray where the list has fewer.
    const find = (value: number) =>
      gray
        ? (this.#classes[value]?.name ?? this.#byColor.get(value * 0x010101))
        : this.#byColor.get(value)
    return {
      readRow: gray ? valueRows(png) : colorRows(png),
      nameOf: (value) => {
        const name = find(value) ?? null
        // Black is what no object covers, listed or not.
        const isNothing = value === 0
        if (name === null && !isNothing && unknown.size < MOST_IN_A_PICTURE) unknown.add(value)
        return name
      },
      tell: () => {
        for (const value of unknown) {
          this.#tellUnknown(gray ? `class number ${value}` : `colour ${colorText(value)}`)
        }
      },
    }
  }
}

interface VotingRows {
  readonly readClasses: ReadRow
  readonly readObjects: ReadRow
  isRepeated(y: number): boolean
}

/** Which class has how many pixels of each object, counted while the objects are read. */
class Votes {
  readonly #rows: VotingRows
  readonly #classes: Uint32Array
  readonly #counts = new Map<number, Map<number, number>>()
  /** Of the row read last. */
  #ofRow: { readonly object: number; readonly name: number; readonly pixels: number }[] = []

  constructor({ width }: { width: number }, rows: VotingRows) {
    this.#classes = new Uint32Array(width)
    this.#rows = rows
  }

  readonly readRow: ReadRow = (y, row) => {
    this.#rows.readObjects(y, row)
    this.#rows.readClasses(y, this.#classes)
    const classes = this.#classes
    this.#ofRow = []
    for (let x = 0; x < row.length; ) {
      const [object, name] = [row[x] ?? 0, classes[x] ?? 0]
      const first = x
      do x += 1
      while (x < row.length && row[x] === object && classes[x] === name)
      if (object !== 0) this.#ofRow.push({ object, name, pixels: x - first })
    }
    this.#addRow()
  }

  readonly isRepeated = (y: number): boolean => {
    const is = this.#rows.isRepeated(y)
    if (is) this.#addRow()
    return is
  }

  #addRow(): void {
    for (const { object, name, pixels } of this.#ofRow) {
      const counts = this.#counts.get(object) ?? new Map<number, number>()
      this.#counts.set(object, counts)
      counts.set(name, (counts.get(name) ?? 0) + pixels)
    }
  }

  /** Of two with as many pixels the one met later. */
  winner(object: number): number {
    const counts = [...(this.#counts.get(object) ?? [])]
    const most = counts.reduce((best, each) => (each[1] >= best[1] ? each : best), [0, 0])
    return most[0]
  }
}
