/** The pictures of one subset's lists, gathered: a picture may stand on any line, and points in another list. */
import type { DatasetInput } from '#main/core/ports.ts'
import { isCoordinate } from '#shared/geometry/points.ts'
import { decimalAt } from '../common/decimal-text.ts'
import { streamLines } from '../common/lines.ts'
import { refuseIn } from '../common/refuse.ts'
import { withoutExtension } from '../frame-matcher.ts'
import type { LfwLists } from './layout.ts'
import { type PictureRef, pathOf, readName, readPerson, refOfPath } from './names.ts'

export interface Item {
  person: string | null
  readonly name: string
  /** Pictures it makes a pair with, as `person/name`. */
  readonly positive: string[]
  readonly negative: string[]
  readonly landmarks: { readonly person: string | null; readonly points: readonly number[] }[]
}

interface Found {
  readonly people: ReadonlySet<string>
  readonly items: Map<string, Item>
}

export async function readItems(input: DatasetInput, lists: LfwLists): Promise<Found> {
  const listed = lists.people === undefined ? null : await readPeople(input, lists.people)
  const people = listed ?? new Set<string>()
  const context = {
    ...{ input, people, items: new Map<string, Item>(), said: new Set<Item>() },
    // Without a list of people any folder is taken for one.
    isPerson: (folder: string) => listed?.has(folder) ?? !folder.includes('/'),
  }
  if (lists.pairs !== undefined) await readPairs(context, lists.pairs)
  if (lists.landmarks !== undefined) await readLandmarks(context, lists.landmarks)
  return context
}

interface Context extends Found {
  readonly input: DatasetInput
  readonly people: Set<string>
  /** Items of which a line of their own says whom they show; the second of a pair is only said to. */
  readonly said: Set<Item>
  readonly isPerson: (folder: string) => boolean
}

async function* rows(
  input: DatasetInput,
  entry: string,
): AsyncGenerator<{ fields: string[]; refuse: (problem: string) => never }> {
  for await (const lines of streamLines(input, entry)) {
    for (const { number, text } of lines) {
      const fields = text.split('\t').map((field) => field.trim())
      while (fields.at(-1) === '') fields.pop()
      if (fields.length === 0 || (number === 1 && isHeader(text))) continue
      yield { fields, refuse: (problem) => refuseIn(input.file, entry)(`line ${number}`, problem) }
    }
  }
}

/** One or two numbers on the first line of a list say how long it is. */
export function isHeader(line: string): boolean {
  return /^\s*\d+(?:\s+\d+)?\s*$/.test(line)
}

async function readPeople(input: DatasetInput, entry: string): Promise<Set<string>> {
  const people = new Set<string>()
  for await (const { fields } of rows(input, entry)) {
    // The original list is in parts, each of which begins with a line that counts its people.
    const isCount = fields.length === 1 && /^\d+$/.test(fields[0] ?? '')
    if (fields[0] && !isCount) people.add(fields[0])
  }
  return people
}

async function readPairs(context: Context, entry: string): Promise<void> {
  for await (const { fields, refuse } of rows(context.input, entry)) {
    const [a = '', b = '', c = '', d = ''] = fields
    if (fields.length === 1) {
      own(context, refOfPath(slashed(a), context.isPerson))
    } else if (fields.length === 3 || fields.length === 4) {
      if (fields.includes('')) refuse('a field is empty')
      const first = own(context, ref(a, b))
      const other = fields.length === 3 ? ref(a, c) : ref(c, d)
      itemOf(context, other)
      first[fields.length === 3 ? 'positive' : 'negative'].push(pathOf(other))
    } else {
      refuse(
        `it has ${fields.length} fields; a picture has 1, a pair 3 or 4, with tabs between them`,
      )
    }
  }
}

function ref(person: string, name: string): PictureRef {
  const known = readPerson(person)
  return { person: known, name: slashed(readName(known, name)) }
}

/** An item whose own line this is: what it says of the person counts. */
function own(context: Context, ref: PictureRef): Item {
  const item = itemOf(context, ref)
  if (!context.said.has(item)) item.person = ref.person
  context.said.add(item)
  return item
}

function itemOf({ items, people }: Context, { person, name }: PictureRef): Item {
  if (person !== null) people.add(person)
  const known = items.get(name)
  if (known !== undefined) {
    known.person ??= person
    return known
  }
  const item: Item = { person, name, positive: [], negative: [], landmarks: [] }
  items.set(name, item)
  return item
}

async function readLandmarks(context: Context, entry: string): Promise<void> {
  for await (const { fields, refuse } of rows(context.input, entry)) {
    const [path = '', ...texts] = fields
    const points = texts.map((text) => decimalAt(text, 0, text.length))
    const bad = points.findIndex((n) => !isCoordinate(n))
    if (bad >= 0) refuse(`"${texts[bad]}" is not a number of pixels`)
    if (points.length === 0 || points.length % 2 !== 0) refuse('x and y must come in pairs')
    const id = withoutExtension(slashed(path))
    const known = context.items.get(id)
    const said = known ?? personByName(refOfPath(id, context.isPerson), context)
    const item = itemOf(context, { person: null, name: said.name })
    // A picture that no other list names shows whom its points do.
    item.landmarks.push({ person: said.person, points })
  }
}

/** `Ann_Lee_0002` shows Ann_Lee, where nothing else says so. */
function personByName(ref: PictureRef, { isPerson }: Context): PictureRef {
  const person = /^(.+)_\d{4,9}$/.exec(ref.name)?.[1]
  return ref.person === null && person !== undefined && isPerson(person) ? { ...ref, person } : ref
}

function slashed(path: string): string {
  return path.replaceAll('\\', '/')
}
