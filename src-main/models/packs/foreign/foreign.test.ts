import { expect, test } from 'vitest'
import { isCvatFunction, readCvatFunction } from './cvat-function.ts'
import { isXAnyLabeling, readXAnyLabeling } from './x-anylabeling.ts'
import { parseYaml } from './yaml-text.ts'

const anylabeling = (text: string) =>
  readXAnyLabeling(parseYaml(text, 'a/model.yaml'), 'a/model.yaml')
const cvat = (text: string) => readCvatFunction(parseYaml(text, 'function.yaml'), 'function.yaml')
const names = (labels: readonly { name: string }[] | null) => labels?.map(({ name }) => name)

const DETECTOR = `
type: yolov8
name: yolov8s-r20230520
provider: Ultralytics
display_name: YOLOv8s
model_path: https://example.org/releases/download/v0.1.0/yolov8s.onnx
iou_threshold: 0.45
conf_threshold: 0.25
classes:
  - person
  - bicycle
`

test('a detector of X-AnyLabeling', () => {
  const found = anylabeling(DETECTOR)
  expect(found).toMatchObject({
    readFrom: 'model.yaml of X-AnyLabeling',
    name: 'YOLOv8s',
    kind: 'detector',
    family: 'yolov8',
    source: 'Ultralytics',
    files: {
      model: {
        path: 'yolov8s.onnx',
        url: 'https://example.org/releases/download/v0.1.0/yolov8s.onnx',
      },
    },
    parameters: { threshold: 0.25, iou: 0.45 },
    notes: [],
  })
  expect(names(found.labels)).toEqual(['person', 'bicycle'])
  expect(found.labels?.[0]?.type).toBe('rectangle')
})

test.each([
  [
    'conf_threshold, iou_threshold',
    'conf_threshold: 0.3\niou_threshold: 0.5',
    { threshold: 0.3, iou: 0.5 },
  ],
  [
    'confidence_threshold, nms_threshold',
    'confidence_threshold: 0.3\nnms_threshold: 0.5',
    { threshold: 0.3, iou: 0.5 },
  ],
  ['score_threshold', 'score_threshold: 0.45', { threshold: 0.45 }],
  ['a share that is none', 'conf_threshold: 25', {}],
])('thresholds by each name they had: %s', (_name, lines, parameters) => {
  expect(anylabeling(`type: yolov5\nmodel_path: a.onnx\n${lines}`).parameters).toEqual(parameters)
})

test('classes by index keep their places (RF-DETR, COCO with gaps)', () => {
  const found = anylabeling('type: rfdetr\nmodel_path: a.onnx\nclasses:\n  1: person\n  3: car\n')
  expect(names(found.labels)).toEqual(['class_0', 'person', 'class_2', 'car'])
})

test('classes with key points are skeletons', () => {
  const found = anylabeling(
    'type: yolov8_pose\nmodel_path: a.onnx\nhas_visible: true\nclasses:\n  person:\n    - nose\n    - left_eye\n',
  )
  expect(found.labels).toEqual([
    {
      name: 'person',
      type: 'skeleton',
      attributes: [],
      svg: null,
      sublabels: [
        { name: 'nose', type: 'points', attributes: [] },
        { name: 'left_eye', type: 'points', attributes: [] },
      ],
    },
  ])
})

test('names that YAML takes for something else stay names', () => {
  expect(
    names(anylabeling('type: yolov5\nmodel_path: a.onnx\nclasses: [1, true, no]').labels),
  ).toEqual(['1', 'true', 'no'])
})

test('encoder and decoder', () => {
  const found = anylabeling(
    'type: segment_anything\nencoder_model_path: enc.onnx\ndecoder_model_path: sub/dec.onnx\ninput_size: 1024\nmax_width: 1024\n',
  )
  expect(found).toMatchObject({
    kind: 'interactor',
    family: 'sam',
    labels: [],
    input: null,
    files: { encoder: { path: 'enc.onnx' }, decoder: { path: 'sub/dec.onnx' } },
  })
})

test.each([
  ['beside it', 'yolo.onnx', 'yolo.onnx'],
  ['with a dot', './yolo.onnx', 'yolo.onnx'],
  ['absolute', '/home/jane/models/yolo.onnx', 'yolo.onnx'],
  ["of Jane's Windows", 'C:\\models\\yolo.onnx', 'yolo.onnx'],
  ['from her home', '~/models/yolo.onnx', 'yolo.onnx'],
  ['out of the folder', '../../etc/yolo.onnx', 'yolo.onnx'],
  ['an address with a query', 'https://x.org/a%20b.onnx?download=1', 'a b.onnx'],
  ['an address whose name leads out', 'https://x.org/..%2F..%2Fevil.onnx', 'evil.onnx'],
  ['an address without a name', 'https://x.org/', 'model.onnx'],
])('a model path %s stays in the folder', (_name, said, path) => {
  const found = anylabeling(`type: yolov5\nmodel_path: '${said}'`)
  expect(found.files.model?.path).toBe(path)
})

test.each([
  ['yolov8_det_track', 'yolov8'],
  ['yolov8_sahi', 'yolov8'],
  ['segment_anything_2_video', 'sam2'],
  ['YOLO11_seg', 'yolov8'],
])('the type %s is the family %s', (type, family) => {
  expect(anylabeling(`type: ${type}\nmodel_path: a.onnx`).family).toBe(family)
})

test.each([
  ['nobody knows', 'my_own_net', "X-AnyLabeling's type my_own_net is not known here."],
  [
    'nobody knows, and JavaScript does',
    'constructor',
    "X-AnyLabeling's type constructor is not known here.",
  ],
  ['nothing here runs', 'damo_yolo', "Nothing here runs X-AnyLabeling's type damo_yolo."],
])('a type that %s leaves the family open and says so', (_name, type, note) => {
  const found = anylabeling(`type: ${type}\nmodel_path: a.onnx`)
  expect(found.family).toBeNull()
  expect(found.notes).toContain(note)
})

test('what is not done here is said', () => {
  const found = anylabeling(`${DETECTOR}filter_classes: [person]\nagnostic: True\n`)
  expect(found.notes).toEqual([expect.stringContaining('filter_classes')])
  expect(found.parameters.agnostic).toBe(true)
})

test('what its type says a YOLO does, and how its key points lie', () => {
  const pose = 'type: yolo11_pose\nmodel_path: a.onnx\nclasses:\n  person: [nose, eye]\n'
  expect(anylabeling(pose).options).toEqual({ task: 'pose' })
  expect(anylabeling(`${pose}has_visible: false\nkpt_threshold: 0.2`)).toMatchObject({
    options: { task: 'pose', keypoints: [2, 2] },
    parameters: { keypointThreshold: 0.2 },
  })
})

test.each([
  [
    'a class index that is none',
    'type: rfdetr\nmodel_path: a.onnx\nclasses:\n  first: person\n',
    'classes',
  ],
  [
    'an absurd class index',
    'type: rfdetr\nmodel_path: a.onnx\nclasses:\n  9000000000: x\n',
    'classes',
  ],
  [
    'a threshold that is text',
    'type: yolov5\nmodel_path: a.onnx\nconf_threshold: high',
    'conf_threshold',
  ],
  ['a size of nothing', 'type: yolov5\nmodel_path: a.onnx\ninput_width: 0', 'input_width'],
])('refused with its field: %s', (_name, text, where) => {
  expect(() => anylabeling(text)).toThrow(
    expect.objectContaining({
      code: 'MODEL_MANIFEST_INVALID',
      params: expect.objectContaining({ where }),
    }),
  )
})

const FUNCTION = `
metadata:
  name: onnx-wongkinyiu-yolov7
  namespace: cvat
  annotations:
    name: YOLO v7
    type: detector
    version: 2
    spec: |
      [
        { "id": 0, "name": "person", "type": "rectangle",
          "attributes": [{"name": "pose", "input_type": "select", "values": ["up", "down"]}] },
        { "id": 1, "name": "bicycle" }
      ]
spec:
  description: YOLO v7 via onnx
  runtime: 'python:3.8'
  handler: main:handler
  build:
    directives:
      preCopy:
        - kind: USER
          value: root
        - kind: RUN
          value: curl -o yolov7-nms-640.onnx -L https://example.org/v0.1/yolov7-nms-640.onnx && pip install onnxruntime
        - kind: WORKDIR
          value: /opt/nuclio
`

test("a function of CVAT's around an ONNX file", () => {
  const found = cvat(FUNCTION)
  expect(isCvatFunction(parseYaml(FUNCTION, 'x'))).toBe(true)
  expect(found).toMatchObject({
    readFrom: 'function.yaml of CVAT',
    name: 'YOLO v7',
    kind: 'detector',
    description: 'YOLO v7 via onnx',
    files: {
      file0: { path: 'yolov7-nms-640.onnx', url: 'https://example.org/v0.1/yolov7-nms-640.onnx' },
    },
  })
  expect(found.labels).toMatchObject([
    {
      name: 'person',
      type: 'rectangle',
      attributes: [{ name: 'pose', inputType: 'select', values: ['up', 'down'] }],
    },
    { name: 'bicycle', type: 'any', attributes: [] },
  ])
})

const withSpec = (spec: unknown, type = 'detector') =>
  `metadata:\n  name: f\n  annotations:\n    type: ${type}\n    spec: '${JSON.stringify(spec)}'\nspec:\n  description: d\n  env:\n    - name: MODEL_PATH\n      value: /opt/nuclio/net.onnx\n`

test('a model named by the environment', () => {
  expect(cvat(withSpec([])).files).toEqual({ file0: { path: 'net.onnx' } })
})

test('labels lie at the places their ids say', () => {
  expect(
    names(
      cvat(
        withSpec([
          { id: 2, name: 'b' },
          { id: 0, name: 'a' },
        ]),
      ).labels,
    ),
  ).toEqual(['a', 'class_1', 'b'])
})

const ARROW = ['tip', 'tail']
  .map(
    (name, index) =>
      `<circle cx="${index}" cy="1" data-type="element node" data-element-id="${index + 1}" data-node-id="${index + 1}" data-label-name="${name}"></circle>`,
  )
  .join('')

test('joints lie in the order of their ids', () => {
  const spec = [
    {
      name: 'arrow',
      type: 'skeleton',
      svg: ARROW,
      sublabels: [
        { id: 1, name: 'tail', type: 'points' },
        { id: 0, name: 'tip', type: 'points' },
      ],
    },
  ]
  expect(cvat(withSpec(spec)).labels).toMatchObject([
    { type: 'skeleton', svg: ARROW, sublabels: [{ name: 'tip' }, { name: 'tail' }] },
  ])
})

test('a type CVAT does not know is any', () => {
  expect(cvat(withSpec([{ name: 'a', type: 'unknown' }])).labels).toMatchObject([{ type: 'any' }])
})

test.each([
  ['no labels that are JSON', withSpec([]).replace("'[]'", "'[{'"), 'spec is no JSON'],
  ['a label without a name', withSpec([{ id: 0 }]), 'name'],
  ['an absurd id', withSpec([{ id: 900_000, name: 'a' }]), 'no class index'],
  ['another type', withSpec([], 'oracle'), 'oracle'],
])('a function is refused with its reason: %s', (_name, text, said) => {
  expect(() => cvat(text)).toThrow(
    expect.objectContaining({
      code: 'MODEL_MANIFEST_INVALID',
      message: expect.stringContaining(said),
    }),
  )
})

test.each([
  ['broken', 'a: [1\nb: }', 'line'],
  [
    'aliases that multiply',
    `a: &a [x,x,x,x,x,x,x,x,x,x]\nb: &b [${'*a,'.repeat(20)}]\nc: &c [${'*b,'.repeat(20)}]\nd: [${'*c,'.repeat(20)}]`,
    'the file',
  ],
  ['brackets without end', '['.repeat(50_000), ''],
])('YAML nobody should read: %s', (_name, text, where) => {
  expect(() => parseYaml(text, 'x.yaml')).toThrow(
    expect.objectContaining({
      code: 'MODEL_MANIFEST_INVALID',
      message: expect.stringContaining(where),
    }),
  )
})

test.each([
  ['a list', '[1, 2]'],
  ['text', 'hello'],
  ['nothing', ''],
  ["Ultralytics' data.yaml", 'names: [a, b]\nnc: 2\ntrain: x'],
])('neither of both: %s', (_name, text) => {
  const value = parseYaml(text, 'x')
  expect([isXAnyLabeling(value), isCvatFunction(value)]).toEqual([false, false])
})
