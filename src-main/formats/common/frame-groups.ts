import type { NewAnnotation } from '#main/core/ports.ts'

/**
 * Groups of one frame as CVAT takes them from Datumaro-type files: a group of one shape is none, the others are numbered
 * 1, 2, 3 … in the order of their numbers. Tags are no members, but go with a group of theirs.
 * @param annotations everything the file has on one frame
 */
export function renumberGroups<T extends Pick<NewAnnotation, 'kind' | 'group'>>(
  annotations: readonly T[],
): T[] {
  const members = new Map<number, number>()
  for (const { kind, group } of annotations) {
    if (group !== 0 && kind !== 'tag') members.set(group, (members.get(group) ?? 0) + 1)
  }
  const kept = [...members].filter(([, count]) => count > 1).map(([group]) => group)
  const numbers = new Map(kept.sort((a, b) => a - b).map((group, i) => [group, i + 1]))
  return annotations.map((one) => {
    const group = numbers.get(one.group) ?? 0
    return group === one.group ? one : { ...one, group }
  })
}
