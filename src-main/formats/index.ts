import type { DatasetFormat, FormatRegistry } from '#main/core/ports.ts'
import { AppError } from '#shared/errors/app-error.ts'
import { openInput } from './archive/open-input.ts'
import { writeZip } from './archive/write-zip.ts'
import { coco } from './coco/index.ts'
import { createCvatImages } from './cvat-images/index.ts'
import { createCvatVideo } from './cvat-video/index.ts'
import { datumaro } from './datumaro/index.ts'
import { labelmeJson } from './labelme-json/index.ts'
import { labelMe } from './labelme-xml/index.ts'
import { mot } from './mot/index.ts'
import { motsPng } from './mots-png/index.ts'
import { xAnyLabelingJson } from './x-anylabeling/index.ts'
import { yolo } from './yolo/index.ts'

/** Names people know a format by besides its own: CVAT calls the importer of both its XML flavours `CVAT 1.1`. */
const ALIASES: Readonly<Record<string, string>> = { 'cvat 1.1': 'cvat for images 1.1' }

/** Every dataset format Fieldmark knows. @param now told to files that carry the time they were written */
export function createFormatRegistry(now: () => Date = () => new Date()): FormatRegistry {
  const formats: readonly DatasetFormat[] = [
    createCvatImages(now),
    createCvatVideo(now),
    datumaro,
    labelMe,
    mot,
    motsPng,
    coco,
    yolo,
    labelmeJson,
    xAnyLabelingJson,
  ]
  const byName = new Map(formats.map((format) => [format.name.toLowerCase(), format]))
  return {
    list: () =>
      formats.map(({ name, import: reads, export: writes, dimension, extension, description }) => ({
        name,
        import: reads,
        export: writes,
        dimension,
        extension,
        description,
      })),
    get(name) {
      const key = name.trim().toLowerCase()
      const format = byName.get(ALIASES[key] ?? key)
      if (format !== undefined) return format
      const known = formats.map((each) => each.name).join(', ')
      throw new AppError('FORMAT_UNKNOWN', { name, known })
    },
    openInput,
    writeZip,
  }
}
