import type { DatasetFrame, DatasetOutput, DatasetSource, WorkContext } from '#main/core/ports.ts'
import { baseName } from '../common/pictures.ts'
import { progressOf } from '../common/write-images.ts'
import { withoutExtension } from '../frame-matcher.ts'
import { parsePersonName, personName } from './names.ts'
import { type PersonTag, personTag } from './person-tag.ts'

/**
 * Market-1501 1.0: a list of pictures for each subset, whose names say whom they show. Pictures with other names are
 * renamed; `names_<subset>.txt`, which nobody else reads, says what they were called.
 */
export async function writeMarket(
  source: DatasetSource,
  output: DatasetOutput,
  { withImages, context }: { withImages: boolean; context: WorkContext },
): Promise<void> {
  const paths = createPaths()
  for (const subset of source.subsets) {
    const pictures: { frame: DatasetFrame; path: string }[] = []
    await output.text(`images_${subset}.txt`, lines())
    const renamed = pictures.filter(({ frame, path }) => !path.endsWith(`/${frame.fileName}`))
    if (renamed.length > 0) {
      await output.text(
        `names_${subset}.txt`,
        renamed.map(({ frame, path }) => `${path}\t${frame.fileName}\n`),
      )
    }
    if (!withImages) continue
    for (const { frame, path } of pictures) {
      const picture = await source.image(frame)
      if (picture !== null) await output.bytes(path, picture, false)
    }

    function* lines(): Generator<string> {
      for (const { frame, annotations } of progressOf(source, context, 'apart', subset)) {
        const path = paths(frame, subset, personTag(annotations, source.labels))
        pictures.push({ frame, path })
        yield `${path}\n`
      }
    }
  }
}

/** Paths of pictures by their tags, each given once. */
function createPaths(): (frame: DatasetFrame, subset: string, tag: PersonTag | null) => string {
  const taken = new Set<string>()
  const counts = new Map<string, number>()
  return ({ fileName }, subset, tag) => {
    const folder = tag?.query ? 'query' : `bounding_box_${subset}`
    const stem = withoutExtension(fileName)
    const extension = fileName.slice(stem.length) || '.jpg'
    const inside = stem.slice(0, stem.length - baseName(stem).length)
    const pathOf = (name: string) => `${folder}/${inside}${name}${extension}`
    let path = pathOf(baseName(stem))
    if (tag !== null && !says(baseName(stem), tag)) {
      // What the tag does not say is counted, by person and camera.
      const key = `${tag.person} ${tag.camera}`
      let { frame, box } = { frame: tag.frame ?? counts.get(key) ?? 0, box: tag.box ?? 0 }
      const name = () =>
        personName({
          ...{ person: tag.person, camera: tag.camera, track: tag.track ?? 1 },
          frame,
          box,
          rest: '',
        })
      for (path = pathOf(name()); taken.has(path); path = pathOf(name())) {
        if (tag.frame === null) frame++
        else box++
      }
      if (tag.frame === null) counts.set(key, frame + 1)
    }
    for (let again = 1; taken.has(path); again++) path = pathOf(`${baseName(stem)}_${again}`)
    taken.add(path)
    return path
  }
}

/** Whether a picture's own name says already what its tag does. */
function says(name: string, tag: PersonTag): boolean {
  const said = parsePersonName(name)
  if (said === null) return false
  const { person, camera, track, frame, box } = tag
  return (
    said.person === person &&
    said.camera === camera &&
    [track ?? said.track, frame ?? said.frame, box ?? said.box].join() ===
      [said.track, said.frame, said.box].join()
  )
}
