/**
 * Names of pictures: `0001_c3s1_000451_02` is person 0001 before the third camera, in sequence 1, on its frame 451, in the
 * second box there.
 */

/** The one label there is. */
export const LABEL = 'market-1501'

const NAME = /^(-?\d+)_c(\d+)s(\d+)_(\d+)_(\d+)(.*)$/

export interface PersonName {
  /** As it is written, with its zeros in front. */
  readonly person: string
  /** From 0; in the name from 1. */
  readonly camera: number
  readonly track: number
  readonly frame: number
  readonly box: number
  /** What stands behind the last number. */
  readonly rest: string
}

/** @param name  without folder and extension. @returns null for a name that says nothing of a person */
export function parsePersonName(name: string): PersonName | null {
  const match = NAME.exec(name)
  if (match === null) return null
  const [, person = '', camera, track, frame, box, rest = ''] = match
  const numbers = [camera, track, frame, box].map(Number)
  if (!numbers.every(Number.isSafeInteger)) return null
  const [c = 1, s = 1, f = 0, b = 0] = numbers
  return { person, camera: Math.max(0, c - 1), track: s, frame: f, box: b, rest }
}

export function personName({ person, camera, track, frame, box }: PersonName): string {
  const place = `${String(frame).padStart(6, '0')}_${String(box).padStart(2, '0')}`
  return `${person}_c${camera + 1}s${track}_${place}`
}
