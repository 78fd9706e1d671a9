import type { LabelType } from '../domain/label.ts'

/**
 * Whether what a function says is of one type can be kept under a label of another. `any` stands for whatever is not a
 * skeleton; masks and polygons become each other. As CVAT decides.
 */
export function isCompatible(found: LabelType, label: LabelType): boolean {
  if (found === label) return true
  if (label === 'any') return found !== 'skeleton'
  if (found === 'any') return label !== 'skeleton'
  return (found === 'mask' && label === 'polygon') || (found === 'polygon' && label === 'mask')
}
