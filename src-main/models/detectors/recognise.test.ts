import { expect, test } from 'vitest'
import { families, familyOf } from '../families.ts'
import type { Tensor, ValueFacts } from '../family.ts'
import { openDetector, recognised } from './testing/stand-in.ts'

/** A file as its header shows it: dims, and what its exporter noted. */
interface Shown {
  readonly input?: ValueFacts['dims']
  readonly inputs?: ValueFacts[]
  readonly outputs: Readonly<Record<string, ValueFacts['dims']>>
  readonly types?: Readonly<Record<string, Tensor['type']>>
  readonly metadata?: Readonly<Record<string, string>>
}

function standIn({ input = [1, 3, 640, 640], inputs, outputs, types, metadata }: Shown) {
  const values = Object.entries(outputs).map(([name, dims]) => [
    name,
    { type: types?.[name] ?? 'float32', dims: dims.map(Number), data: new Float32Array(0) },
  ])
  return {
    ...{ input, declared: outputs, outputs: Object.fromEntries(values) },
    ...(inputs ? { inputs } : {}),
    ...(metadata ? { metadata } : {}),
  }
}

const coco = `{${Array.from({ length: 80 }, (_, i) => `${i}: 'name ${i}'`).join(', ')}}`
const ultralytics = (task: string, more: object = {}) => ({
  ...{ task, stride: '32', imgsz: '[640, 640]', names: coco, author: 'Ultralytics' },
  ...more,
})
const person = { names: "{0: 'person'}", kpt_shape: '[17, 3]' }
const sizes = [
  { name: 'images', type: 'float32', dims: ['N', 3, 640, 640] },
  { name: 'orig_target_sizes', type: 'int64', dims: ['N', 2] },
]

/** Boxes, labels and scores under these names, of one picture called `image`. */
function torchvision([boxes = '', labels = '', scores = '']: readonly string[]): Shown {
  return {
    inputs: [{ name: 'image', type: 'float32', dims: [3, 'height', 'width'] }],
    outputs: { [boxes]: ['n', 4], [labels]: ['n'], [scores]: ['n'] },
    types: { [labels]: 'int64' },
  }
}

// Dims of the authors' own exports.
test.each<[string, Shown, string, number | null]>([
  [
    'YOLOv8',
    { outputs: { output0: [1, 84, 8400] }, metadata: ultralytics('detect') },
    'yolov8',
    80,
  ],
  [
    'YOLO11 segment',
    {
      outputs: { output0: [1, 116, 8400], output1: [1, 32, 160, 160] },
      metadata: ultralytics('segment'),
    },
    'yolov8',
    80,
  ],
  [
    'YOLOv8 pose',
    { outputs: { output0: [1, 56, 8400] }, metadata: ultralytics('pose', person) },
    'yolov8',
    1,
  ],
  [
    'YOLO11 OBB',
    {
      input: [1, 3, 1024, 1024],
      outputs: { output0: [1, 85, 21504] },
      metadata: ultralytics('obb'),
    },
    'yolov8',
    80,
  ],
  [
    'of any size',
    {
      input: ['batch', 3, 'height', 'width'],
      outputs: { output0: ['batch', 84, 'anchors'] },
      metadata: ultralytics('detect'),
    },
    'yolov8',
    80,
  ],
  ['YOLOv8 nobody described', { outputs: { output0: [1, 84, 8400] } }, 'yolov8', 80],
  ['YOLOv8 of one class nobody described', { outputs: { output0: [1, 5, 8400] } }, 'yolov8', 1],
  ['YOLOv8 pose nobody described', { outputs: { output0: [1, 56, 8400] } }, 'yolov8', 1],
  [
    'YOLOv8 segment nobody described',
    { outputs: { output0: [1, 116, 8400], output1: [1, 32, 160, 160] } },
    'yolov8',
    80,
  ],
  ['YOLOv8, boxes first', { outputs: { output0: [1, 8400, 84] } }, 'yolov8', 80],
  [
    'YOLOv5',
    { outputs: { output0: [1, 25200, 85] }, metadata: { stride: '32', names: coco } },
    'yolov5',
    80,
  ],
  [
    'YOLOv5 segment',
    {
      outputs: { output0: [1, 25200, 117], output1: [1, 32, 160, 160] },
      metadata: { stride: '32', names: coco },
    },
    'yolov5',
    80,
  ],
  ['YOLOv7', { outputs: { output: [1, 25200, 85] } }, 'yolov5', 80],
  ['YOLOv7 end to end', { outputs: { output: ['Concatoutput_dim_0', 7] } }, 'yolov7-end2end', null],
  [
    'YOLOv10',
    { outputs: { output0: [1, 300, 6] }, metadata: ultralytics('detect') },
    'yolov10',
    80,
  ],
  [
    'YOLO26 segment',
    {
      outputs: { output0: [1, 300, 38], output1: [1, 32, 160, 160] },
      metadata: ultralytics('segment', { end2end: 'True' }),
    },
    'yolov10',
    80,
  ],
  [
    'YOLO26 pose',
    {
      outputs: { output0: [1, 300, 57] },
      metadata: ultralytics('pose', { ...person, end2end: 'True' }),
    },
    'yolov10',
    1,
  ],
  [
    'YOLO26 OBB',
    { outputs: { output0: [1, 300, 7] }, metadata: ultralytics('obb', { end2end: 'True' }) },
    'yolov10',
    80,
  ],
  ['YOLOX', { outputs: { output: [1, 8400, 85] } }, 'yolox', 80],
  ['YOLOX of 416', { input: [1, 3, 416, 416], outputs: { output: [1, 3549, 25] } }, 'yolox', 20],
  [
    'YOLO classify',
    { input: [1, 3, 224, 224], outputs: { output0: [1, 80] }, metadata: ultralytics('classify') },
    'classifier',
    80,
  ],
  ['ResNet', { input: ['N', 3, 224, 224], outputs: { output: ['N', 1000] } }, 'classifier', 1000],
  [
    'RT-DETR',
    {
      inputs: sizes,
      outputs: { labels: ['N', 300], boxes: ['N', 300, 4], scores: ['N', 300] },
      types: { labels: 'int64' },
    },
    'rtdetr',
    null,
  ],
  [
    'RT-DETR by Ultralytics',
    { outputs: { output0: [1, 300, 84] }, metadata: ultralytics('detect') },
    'rtdetr',
    80,
  ],
  [
    'RT-DETR by Transformers',
    { outputs: { logits: [1, 300, 80], pred_boxes: [1, 300, 4] } },
    'rtdetr',
    80,
  ],
  [
    'DETR by Transformers',
    { input: ['b', 3, 'h', 'w'], outputs: { logits: ['b', 100, 92], pred_boxes: ['b', 100, 4] } },
    'detr',
    92,
  ],
  [
    'RF-DETR',
    { input: [1, 3, 560, 560], outputs: { dets: [1, 300, 4], labels: [1, 300, 91] } },
    'rfdetr',
    91,
  ],
  [
    'RF-DETR segment',
    {
      input: [1, 3, 432, 432],
      outputs: { dets: [1, 200, 4], labels: [1, 200, 91], masks: [1, 200, 108, 108] },
    },
    'rfdetr',
    91,
  ],
  [
    'YOLOv8 exported with nms=True, of two classes',
    {
      outputs: { output0: [1, 300, 6] },
      metadata: ultralytics('detect', { names: "['a', 'b']", args: "{'batch': 1, 'nms': True}" }),
    },
    'yolov10',
    2,
  ],
  ['YOLOv6, which has one box a cell', { outputs: { outputs: [1, 8400, 85] } }, 'yolov5', 80],
  [
    'SegFormer, of any batch',
    { input: ['b', 3, 'h', 'w'], outputs: { logits: ['b', 19, 'h', 'w'] } },
    'semantic',
    19,
  ],
  [
    'SegFormer of as many classes as a person has joints',
    { input: [1, 3, 512, 512], outputs: { logits: [1, 17, 128, 128] } },
    'semantic',
    17,
  ],
  [
    'SSD of the model zoo',
    {
      input: [1, 3, 1200, 1200],
      outputs: { bboxes: [1, 'n', 4], labels: [1, 'n'], scores: [1, 'n'] },
      types: { labels: 'int64' },
    },
    'onnx-zoo-ssd',
    null,
  ],
  [
    'torchvision, of an input the zoo names alike',
    torchvision(['16', '17', '18']),
    'torchvision',
    null,
  ],
  ['Faster R-CNN of the model zoo', torchvision(['6379', '6381', '6383']), 'onnx-zoo-rcnn', null],
])('%s is known by its file', (_name, shown, family, classes) => {
  const [best] = recognised(families, standIn(shown))
  expect(best).toMatchObject({ family, found: { classes } })
})

test('what was recognised can be opened', () => {
  const shown = standIn({ outputs: { output0: [1, 56, 8400] } })
  const [best] = recognised(families, shown)
  const family = best && familyOf(best.family)
  if (!family) throw new Error('not known')
  expect(() => openDetector(family, shown, best.found.manifest)).not.toThrow()
  const [label] = best.found.manifest.labels ?? []
  expect(label?.sublabels?.map(({ name }) => name).slice(0, 2)).toEqual(['nose', 'left_eye'])
})

test('names and what is missing', () => {
  const metadata = ultralytics('detect', { names: "['cat', 'dog', 'cat']", imgsz: 'x' })
  const open: ValueFacts['dims'] = [1, 3, 'height', 'width']
  const [best] = recognised(
    families,
    standIn({ input: open, outputs: { output0: [1, 7, 'n'] }, metadata }),
  )
  expect(best?.found.missing).toEqual(['size'])
  expect(best?.found.manifest.labels?.map(({ name }) => name)).toEqual(['cat', 'dog', 'cat (2)'])
  const [bare] = recognised(families, standIn({ outputs: { output0: [1, 84, 8400] } }))
  expect(bare?.found.missing).toEqual(['labels'])
})

test.each<[string, Shown]>([
  [
    'text',
    {
      inputs: [{ name: 'ids', type: 'int64', dims: [1, 128] }],
      outputs: { logits: [1, 128, 30522] },
    },
  ],
  ['nothing', { outputs: {} }],
  [
    'YOLO-NAS, whose tables look like those of transformers and SSDs',
    { outputs: { graph2_flat_predictions: [1, 8400, 4], graph2_2: [1, 8400, 80] } },
  ],
  [
    'tables of a width that varies',
    { outputs: { simcc_x: ['n', 'k', 'w'], simcc_y: ['n', 'k', 'h'] } },
  ],
])('%s belongs to none of these', (_name, shown) => {
  expect(recognised(families, standIn(shown))).toEqual([])
})
