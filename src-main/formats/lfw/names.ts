/** What pictures are called: by a person and a number (`Ann_Lee 2` is `Ann_Lee_0002`), or by a name of any kind. */

const UNKNOWN = '-'

export interface PictureRef {
  /** Null: nobody said who it is. */
  readonly person: string | null
  /** Path without extension; one called by number without the folder of the person. */
  readonly name: string
}

/** Of a frame: where it lies in the person's folder and is called by number, the folder goes without saying. */
export function refOf(person: string | null, id: string): PictureRef {
  const inside = person !== null && id.startsWith(`${person}/`) ? id.slice(person.length + 1) : id
  const short = { person, name: inside }
  return writtenName(short) === inside ? { person, name: id } : short
}

/** Of a path whose first folder may be a person. @param isPerson  whether a folder is one */
export function refOfPath(path: string, isPerson: (folder: string) => boolean): PictureRef {
  for (let slash = path.indexOf('/'); slash > 0; slash = path.indexOf('/', slash + 1)) {
    const person = path.slice(0, slash)
    if (isPerson(person)) return { person, name: path.slice(slash + 1) }
  }
  return { person: null, name: path }
}

export function pathOf({ person, name }: PictureRef): string {
  return person === null ? name : `${person}/${name}`
}

/** What stands in a list beside the person: a number if that gives the name back, else the name. */
export function writtenName({ person, name }: PictureRef): string {
  const digits = person !== null && name.startsWith(`${person}_`) && name.slice(person.length + 1)
  if (!digits || !/^\d{4,9}$/.test(digits)) return name
  const number = String(Number(digits))
  return readName(person, number) === name ? number : name
}

export function writtenPerson({ person }: PictureRef): string {
  return person ?? UNKNOWN
}

export function readName(person: string | null, written: string): string {
  return person !== null && /^\d{1,9}$/.test(written)
    ? `${person}_${written.padStart(4, '0')}`
    : written
}

export function readPerson(written: string): string | null {
  return written === UNKNOWN ? null : written
}
