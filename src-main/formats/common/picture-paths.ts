import type { DatasetFrame } from '#main/core/ports.ts'
import { withoutExtension } from '../frame-matcher.ts'

/**
 * Paths of pictures for formats that find the annotations of a picture by its path without extension: of `a.jpg` and
 * `a.png` in one folder the second is called `a.png.png`, its annotations `a.png`. It comes back to `a.png`.
 * @returns the path of a frame's picture in a folder, the same every time; the first frame that asks has the plain name
 */
export function createPicturePaths(): (frame: DatasetFrame, folder: string) => string {
  const owners = new Map<string, number>()
  return ({ index, fileName }, folder) => {
    const extension = fileName.slice(withoutExtension(fileName).length) || '.jpg'
    for (let name = `${folder}/${fileName}`; ; name += extension) {
      const stem = withoutExtension(name)
      const owner = owners.get(stem)
      if (owner === undefined) owners.set(stem, index)
      if (owner === undefined || owner === index) return name
    }
  }
}
