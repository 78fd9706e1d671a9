import type { Label } from '#shared/domain/label.ts'
import type { WovenShape } from '#shared/tracks/weave.ts'
import { attributeValue } from '../common/label-index.ts'

/** The attribute that says of a mask that it is many objects, whose pixels are not told apart. */
export const IS_CROWD = 'is_crowd'

/** False for labels without such an attribute. */
export function isCrowdShape({ attributes }: WovenShape, label: Label | undefined): boolean {
  const spec = label?.attributes.find(({ name }) => name === IS_CROWD)
  return spec !== undefined && /^(?:true|1)$/i.test(attributeValue(spec, attributes))
}
