import type { DatasetFormat, FormatRegistry } from '#main/core/ports.ts'
import { AppError } from '#shared/errors/app-error.ts'
import { openInput } from './archive/open-input.ts'
import { writeZip } from './archive/write-zip.ts'
import { camvid } from './camvid/index.ts'
import { cityscapes } from './cityscapes/index.ts'
import { coco } from './coco/index.ts'
import { cocoKeypoints } from './coco-keypoints/index.ts'
import { cvatImages } from './cvat-images/index.ts'
import { cvatVideo } from './cvat-video/index.ts'
import { datumaro } from './datumaro/index.ts'
import { detectFormats } from './detect/index.ts'
import { dota } from './dota/index.ts'
import { icdarLocalization } from './icdar-localization/index.ts'
import { icdarRecognition } from './icdar-recognition/index.ts'
import { icdarSegmentation } from './icdar-segmentation/index.ts'
import { imageNet } from './imagenet/index.ts'
import { kitti } from './kitti/index.ts'
import { labelStudioJson } from './label-studio/index.ts'
import { labelmeJson } from './labelme-json/index.ts'
import { labelMe } from './labelme-xml/index.ts'
import { lfw } from './lfw/index.ts'
import { market1501 } from './market1501/index.ts'
import { mot } from './mot/index.ts'
import { motsPng } from './mots-png/index.ts'
import { openImages } from './open-images/index.ts'
import { pascalVoc } from './pascal-voc/index.ts'
import { segmentationMask } from './segmentation-mask/index.ts'
import { tfRecord } from './tfrecord/index.ts'
import {
  ultralyticsClassification,
  ultralyticsDetection,
  ultralyticsDetectionTrack,
  ultralyticsOrientedBoxes,
  ultralyticsPose,
  ultralyticsSegmentation,
} from './ultralytics/index.ts'
import { vggFace2 } from './vggface2/index.ts'
import { viaJson } from './via/index.ts'
import { vottJson } from './vott/index.ts'
import { widerFace } from './widerface/index.ts'
import { xAnyLabelingJson } from './x-anylabeling/index.ts'
import { yolo } from './yolo/index.ts'

/** Names people know a format by besides its own. */
const ALIASES: Readonly<Record<string, string>> = {
  'pascal voc 1.0': 'pascal voc 1.1',
  'pascal voc zip 1.1': 'pascal voc 1.1',
  'segmentation mask 1.0': 'segmentation mask 1.1',
  'yolo 1.0': 'yolo 1.1',
  'yolo zip 1.0': 'yolo 1.1',
  'yolov8 detection 1.0': 'ultralytics yolo detection 1.0',
  'yolov8 segmentation 1.0': 'ultralytics yolo segmentation 1.0',
  'yolov8 pose 1.0': 'ultralytics yolo pose 1.0',
  'yolov8 oriented bounding boxes 1.0': 'ultralytics yolo oriented bounding boxes 1.0',
  'yolov8 classification 1.0': 'ultralytics yolo classification 1.0',
}

/** CVAT's name for the importer of both its XML flavours. Exported under it, a file is of the flavour for images. */
const CVAT_XML: DatasetFormat = { ...cvatImages, name: 'CVAT 1.1' }

/** Every dataset format Fieldmark knows. */
export function createFormatRegistry(): FormatRegistry {
  const formats: readonly DatasetFormat[] = [
    cvatImages,
    cvatVideo,
    datumaro,
    labelMe,
    mot,
    motsPng,
    coco,
    cocoKeypoints,
    pascalVoc,
    segmentationMask,
    yolo,
    ultralyticsDetection,
    ultralyticsDetectionTrack,
    ultralyticsSegmentation,
    ultralyticsPose,
    ultralyticsOrientedBoxes,
    ultralyticsClassification,
    tfRecord,
    imageNet,
    widerFace,
    camvid,
    vggFace2,
    market1501,
    icdarRecognition,
    icdarLocalization,
    icdarSegmentation,
    openImages,
    cityscapes,
    kitti,
    lfw,
    labelmeJson,
    xAnyLabelingJson,
    labelStudioJson,
    vottJson,
    viaJson,
    dota,
  ]
  const byName = new Map(
    [CVAT_XML, ...formats].map((format) => [format.name.toLowerCase(), format]),
  )
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
    detect: (input) =>
      detectFormats(input, (name) => byName.get(name.toLowerCase())?.import === true),
    openInput,
    writeZip,
  }
}
