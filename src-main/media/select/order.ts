/** Orders of names. A key is computed once a name, so that sorting compares plain strings. */

const SURROGATE = /[\ud800-\udfff]/
const DIGITS = /[0-9]+/g

/**
 * Code point order, as Python and SQLite have it. JavaScript compares UTF-16 units, which differs only where a
 * surrogate meets U+E000 … U+FFFF.
 */
export function compareCodePoints(a: string, b: string): number {
  const length = Math.min(a.length, b.length)
  for (let at = 0; at < length; at += 1) {
    const x = a.charCodeAt(at)
    const y = b.charCodeAt(at)
    if (x !== y) return rank(x) - rank(y)
  }
  return a.length - b.length
}

const rank = (unit: number) => (unit >= 0xd800 && unit <= 0xdfff ? unit + 0x10000 : unit)

/** The quickest comparison that is right for all of these keys. */
export function codePointOrder(keys: readonly string[]): (a: string, b: string) => number {
  if (keys.some((key) => SURROGATE.test(key))) return compareCodePoints
  return (a, b) => (a < b ? -1 : a > b ? 1 : 0)
}

/**
 * A string whose code point order is the natural order of the name: `frame_2` before `frame_10`. A run of digits
 * becomes NUL (a number sorts before any text), its length, then the digits, so that longer numbers are larger; leading
 * zeros do not count. Letters compare by code point after canonical decomposition, as CVAT's natural sorting does.
 */
export function naturalKey(name: string): string {
  return name.normalize('NFD').replace(DIGITS, numberKey)
}

function numberKey(digits: string): string {
  const significant = digits.replace(/^0+(?=.)/, '')
  return `\0${String.fromCharCode(significant.length)}${significant}`
}

/** Sorted by a key; equal keys by name, so that the result does not depend on the order found. */
export function sortedBy<T extends { readonly name: string }>(
  items: readonly T[],
  keyOf: (name: string) => string,
): T[] {
  const keyed = items.map((item) => ({ key: keyOf(item.name), item }))
  const compare = codePointOrder(keyed.map(({ key }) => key))
  keyed.sort((a, b) => compare(a.key, b.key) || compareCodePoints(a.item.name, b.item.name))
  return keyed.map(({ item }) => item)
}
