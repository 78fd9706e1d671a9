import type { FunctionKind } from '#shared/domain/function.ts'
import type { LabelKind } from './labels.ts'

export interface KnownType {
  readonly kind: FunctionKind
  /** The family that runs it here; null: none does. */
  readonly family: string | null
  readonly labelType: LabelKind
  /** What a YOLO does, as its family calls it. */
  readonly task?: string
}

const detector = (family: string | null, labelType: LabelKind = 'rectangle'): KnownType => ({
  kind: 'detector',
  family,
  labelType,
})
const yolo = (task: string, labelType: LabelKind, family = 'yolov8'): KnownType => ({
  ...detector(family, labelType),
  task,
})
const interactor = (family: string | null): KnownType => ({
  kind: 'interactor',
  family,
  labelType: 'mask',
})

/** `type` of X-AnyLabeling's configurations (1.0 to 3.x), without what it does around the model: tracking, slicing. */
const types: ReadonlyMap<string, KnownType> = new Map(
  Object.entries({
    yolov5: detector('yolov5'),
    yolov5_seg: yolo('segment', 'mask', 'yolov5'),
    yolov5_cls: detector('classifier', 'tag'),
    yolov6: detector('yolov5'),
    yolov7: detector('yolov5'),
    yolov8: yolo('detect', 'rectangle'),
    yolov8_seg: yolo('segment', 'mask'),
    yolov8_pose: yolo('pose', 'skeleton'),
    yolov8_obb: yolo('obb', 'rectangle'),
    yolov8_cls: detector('classifier', 'tag'),
    yolov9: detector('yolov8'),
    yolov10: detector('yolov10'),
    yolo11: yolo('detect', 'rectangle'),
    yolo11_seg: yolo('segment', 'mask'),
    yolo11_pose: yolo('pose', 'skeleton'),
    yolo11_obb: yolo('obb', 'rectangle'),
    yolo11_cls: detector('classifier', 'tag'),
    yolo12: detector('yolov8'),
    yolo26: detector('yolov10'),
    hyper_yolo: detector('yolov8'),
    gold_yolo: detector('yolov5'),
    yolox: detector('yolox'),
    rtdetr: detector('rtdetr'),
    rtdetrv2: detector('rtdetr'),
    dfine: detector('rtdetr'),
    deimv2: detector('rtdetr'),
    rfdetr: detector('rfdetr'),
    rfdetr_seg: detector('rfdetr', 'mask'),
    segment_anything: interactor('sam'),
    sam_med2d: interactor('sam'),
    mobile_sam: interactor('sam'),
    sam_hq: interactor('sam'),
    edge_sam: interactor('sam'),
    efficientvit_sam: interactor('sam'),
    segment_anything_2: interactor('sam2'),
    damo_yolo: detector(null),
    yolo_nas: detector(null),
    clrnet: detector(null, 'polyline'),
    ppocr: detector(null, 'polygon'),
    rtmdet_pose: detector(null, 'skeleton'),
  }),
)

/** Endings that say what X-AnyLabeling does around a model that it shares with the type before them. */
const AROUND = /_(det_track|det_botsort|track|botsort|bytetrack|sahi|video)$/

/** @returns undefined where nobody here has heard of it */
export function knownType(type: string): KnownType | undefined {
  const bare = type.toLowerCase()
  return types.get(bare) ?? types.get(bare.replace(AROUND, ''))
}

/** For the test that each family named here is there. */
export const namedFamilies = (): string[] => [
  ...new Set([...types.values()].flatMap(({ family }) => family ?? [])),
]
