import type { Tag } from '#shared/domain/annotation.ts'
import type { AttributeSpec, Label } from '#shared/domain/label.ts'
import type { WovenShape } from '#shared/tracks/weave.ts'

type One = Tag | WovenShape

const known = new WeakMap<readonly Label[], ReadonlyMap<number, AttributeSpec>>()

/**
 * How many of a frame's annotations say more than a format with a few attributes of its own has a place for. What is said as
 * the label's default says it is nothing that could be lost.
 * @param isWritten  annotations that are in the file
 * @param keeps      whether the file has a place for this annotation's attribute of that name
 */
export function countOtherAttributes(
  annotations: readonly One[],
  labels: readonly Label[],
  { isWritten, keeps }: { isWritten(one: One): boolean; keeps(name: string, one: One): boolean },
): number {
  const specs = known.get(labels) ?? specsOf(labels)
  known.set(labels, specs)
  const isLost = (one: One) =>
    one.attributes.some(({ specId, value }) => {
      const spec = specs.get(specId)
      return spec !== undefined && value !== spec.defaultValue && !keeps(spec.name, one)
    })
  return annotations.filter((one) => isWritten(one) && isLost(one)).length
}

function specsOf(labels: readonly Label[]): ReadonlyMap<number, AttributeSpec> {
  return new Map(labels.flatMap(({ attributes }) => attributes.map((spec) => [spec.id, spec])))
}

/** How many of a frame's annotations that are written were made here, and not by a file as all of them are that come back. */
export function countSourced(
  annotations: readonly One[],
  isWritten: (one: One) => boolean,
): number {
  return annotations.filter((one) => isWritten(one) && one.source !== 'file').length
}
