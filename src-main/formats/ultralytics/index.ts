import type { DatasetFormat } from '#main/core/ports.ts'
import { detection, detectionTrack } from './detection.ts'
import {
  detectionLosses,
  detectionTrackLosses,
  OUTLINED,
  orientedBoxLosses,
  poseFrameLosses,
  poseLosses,
  segmentationFrameLosses,
  segmentationLosses,
} from './losses.ts'
import { orientedBoxes } from './oriented-boxes.ts'
import { pose } from './pose.ts'
import { readUltralytics } from './read.ts'
import { segmentation } from './segmentation.ts'
import type { Variant } from './variant.ts'
import { writeUltralytics } from './write.ts'

export { ultralyticsClassification } from './classification/index.ts'

function format(
  variant: Variant,
  facts: Pick<DatasetFormat, 'description' | 'losses'> & Partial<DatasetFormat>,
): DatasetFormat {
  return {
    name: variant.format,
    import: true,
    export: true,
    dimension: '2d',
    extension: 'zip',
    write: (source, output, options) => writeUltralytics(variant, source, output, options),
    read: (input, target) => readUltralytics(variant, input, target),
    ...facts,
  }
}

export const ultralyticsDetection = format(detection, {
  description:
    'Upright rectangles, ready to train a detector: data.yaml and a text file a picture.',
  keeps: ['rectangle'],
  losses: (census) => detectionLosses(census),
})

/** Its files are read as those of Detection, as in CVAT. */
export const ultralyticsDetectionTrack = format(detectionTrack, {
  import: false,
  description: 'Upright rectangles, those of tracks with the number of their track.',
  keeps: ['rectangle'],
  losses: detectionTrackLosses,
})

export const ultralyticsOrientedBoxes = format(orientedBoxes, {
  description: 'Turned rectangles by their four corners.',
  keeps: ['rectangle'],
  losses: orientedBoxLosses,
})

export const ultralyticsSegmentation = format(segmentation, {
  description: 'Outlines: polygons, and masks and ellipses made into them.',
  keeps: OUTLINED,
  losses: segmentationLosses,
  frameLosses: segmentationFrameLosses,
  hasFrameLosses: ({ shapes }) => (shapes.mask ?? 0) + (shapes.ellipse ?? 0) > 0,
})

export const ultralyticsPose = format(pose, {
  description: 'Skeletons: joints with their visibility, and the box around them.',
  keeps: ['skeleton'],
  losses: poseLosses,
  frameLosses: poseFrameLosses,
})
