import { attributed } from './detectors/attributed/attributed.ts'
import { classifier } from './detectors/classify/image-classifier.ts'
import { detrs } from './detectors/detr/index.ts'
import { scrfd } from './detectors/faces/scrfd.ts'
import { yunet } from './detectors/faces/yunet.ts'
import { heatmapPose, simccPose } from './detectors/keypoints/top-down.ts'
import { tensorflow, torchvision, zooRcnn, zooSsd } from './detectors/rcnn/rcnn.ts'
import { semantic } from './detectors/semantic/semantic.ts'
import { detectionOutput, ssdScores } from './detectors/ssd/ssd.ts'
import { yolos } from './detectors/yolo/index.ts'
import type { Family } from './family.ts'
import { interactors } from './interactors/index.ts'
import { reids } from './reid/index.ts'
import { trackers } from './trackers/index.ts'

/**
 * Every family there is, in the order in which a bare file is shown to them. Each lives in its own file of detectors/,
 * interactors/, trackers/ or reid/.
 */
export const families: readonly Family[] = [
  ...yolos,
  ...detrs,
  tensorflow,
  zooRcnn,
  zooSsd,
  torchvision,
  yunet,
  scrfd,
  ssdScores,
  detectionOutput,
  simccPose,
  heatmapPose,
  attributed,
  classifier,
  semantic,
  ...interactors,
  ...trackers,
  ...reids,
]

export function familyOf(id: string): Family | undefined {
  return families.find((family) => family.id === id)
}
