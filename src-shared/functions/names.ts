/**
 * Names of one thing in the spellings of different data sets. Darknet's COCO names differ from COCO's own, and whoever
 * writes a label list decides anew between `traffic_light`, `traffic-light` and `Traffic Light`.
 */

/** What Darknet's `coco.names` calls otherwise, folded. */
const SYNONYMS: Readonly<Record<string, string>> = {
  motorbike: 'motorcycle',
  aeroplane: 'airplane',
  sofa: 'couch',
  pottedplant: 'potted plant',
  diningtable: 'dining table',
  tvmonitor: 'tv',
}

/** A name without its spelling: case, `_`, `-` and runs of spaces aside. */
export function foldName(name: string): string {
  return name
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[\s_-]+/g, ' ')
    .trim()
}

/** As `foldName`, and one word for what goes by two. */
export function commonName(name: string): string {
  const folded = foldName(name)
  return Object.hasOwn(SYNONYMS, folded) ? (SYNONYMS[folded] ?? folded) : folded
}

/** Of named things the one called so: to the letter, else but for spelling, else by another word for it. */
export function findNamed<T extends { readonly name: string }>(
  things: readonly T[],
  name: string,
): T | undefined {
  return (
    things.find((one) => one.name === name) ??
    things.find((one) => foldName(one.name) === foldName(name)) ??
    things.find((one) => commonName(one.name) === commonName(name))
  )
}
