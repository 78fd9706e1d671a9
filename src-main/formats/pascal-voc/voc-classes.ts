import { BACKGROUND } from '../common/label-colors.ts'
import type { VocLabel } from './label-map.ts'
import { vocColorNumber } from './label-map.ts'

const NAMES = [
  ...[BACKGROUND, 'aeroplane', 'bicycle', 'bird', 'boat', 'bottle', 'bus', 'car', 'cat', 'chair'],
  ...['cow', 'diningtable', 'dog', 'horse', 'motorbike', 'person', 'pottedplant', 'sheep', 'sofa'],
  ...['train', 'tvmonitor'],
]
const PARTS = ['head', 'hand', 'foot']
const ACTIONS = [
  ...['other', 'jumping', 'phoning', 'playinginstrument', 'reading', 'ridingbike', 'ridinghorse'],
  ...['running', 'takingphoto', 'usingcomputer', 'walking'],
]
/** The border round objects that the data set's own masks have. */
const IGNORED = 255

/** The labels of the PASCAL VOC data set itself, which come without a list. */
export const vocLabels: readonly VocLabel[] = [
  ...NAMES.map((name, index) => ({
    name,
    color: vocColorNumber(index),
    parts: name === 'person' ? PARTS : [],
    actions: name === 'person' ? ACTIONS : [],
  })),
  { name: 'ignored', color: vocColorNumber(IGNORED), parts: [], actions: [] },
]
