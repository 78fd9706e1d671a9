import type { DatasetFrame } from '#main/core/ports.ts'
import { createItemIds } from './item-ids.ts'

/**
 * Ids of items for formats that keep all subsets in one folder: where two subsets have a picture of one name, the later one
 * gets its subset's folder before it, which finds the frame again.
 */
export function createSharedIds(): (frame: DatasetFrame) => string {
  const own = createItemIds()
  const owners = new Map<string, number>()
  return (frame) => {
    for (let id = own(frame); ; id = `${frame.subset}/${id}`) {
      const owner = owners.get(id)
      if (owner === undefined) owners.set(id, frame.index)
      if (owner === undefined || owner === frame.index) return id
    }
  }
}

/** The name of an item's picture: its id with the extension of the frame's file. */
export function pictureName(id: string, { fileName }: DatasetFrame): string {
  const extension = /\.[^./\\]+$/.exec(fileName)?.[0] ?? '.jpg'
  return id.toLowerCase().endsWith(extension.toLowerCase()) ? id : `${id}${extension}`
}
