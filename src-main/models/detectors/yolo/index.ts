import type { Family } from '../../family.ts'
import { yolov5 } from './yolov5.ts'
import { yolov7EndToEnd } from './yolov7-end2end.ts'
import { yolov8 } from './yolov8.ts'
import { yolov10 } from './yolov10.ts'
import { yolox } from './yolox.ts'

export const yolos: readonly Family[] = [yolov8, yolov10, yolov5, yolox, yolov7EndToEnd]
