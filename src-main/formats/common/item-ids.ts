import type { DatasetFrame } from '#main/core/ports.ts'
import { withoutExtension } from '../frame-matcher.ts'

/**
 * What files call an item, unique within its subset: the path of its picture without extension. Of `a.jpg` and `a.png` the
 * second is called `a.png`, which is found again as the name of a picture. A frame may be asked for again.
 */
export function createItemIds(): (frame: DatasetFrame) => string {
  const owners = new Map<string, Map<string, number>>()
  return ({ fileName, subset, index }) => {
    const ids = owners.get(subset) ?? new Map<string, number>()
    owners.set(subset, ids)
    const short = withoutExtension(fileName)
    const owner = ids.get(short)
    if (owner === undefined) ids.set(short, index)
    return owner === undefined || owner === index ? short : fileName
  }
}
