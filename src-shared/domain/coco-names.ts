/** The 80 classes of COCO detection, in the order in which models number them. @see https://cocodataset.org */
export const COCO_80: readonly string[] =
  `person,bicycle,car,motorcycle,airplane,bus,train,truck,boat,traffic light,fire hydrant,stop sign,parking meter,bench,bird,cat,
dog,horse,sheep,cow,elephant,bear,zebra,giraffe,backpack,umbrella,handbag,tie,suitcase,frisbee,skis,snowboard,sports ball,kite,
baseball bat,baseball glove,skateboard,surfboard,tennis racket,bottle,wine glass,cup,fork,knife,spoon,bowl,banana,apple,sandwich,
orange,broccoli,carrot,hot dog,pizza,donut,cake,chair,couch,potted plant,bed,dining table,toilet,tv,laptop,mouse,remote,keyboard,
cell phone,microwave,oven,toaster,sink,refrigerator,book,clock,vase,scissors,teddy bear,hair drier,toothbrush`
    .split(',')
    .map((name) => name.trim())

/** Category ids of COCO that no class has; 0 is the background. */
const GAPS: ReadonlySet<number> = new Set([0, 12, 26, 29, 30, 45, 66, 68, 69, 71, 83])

/** COCO's 91 places by category id, as torchvision, TensorFlow and DETR number them. */
export const COCO_91: readonly string[] = (() => {
  const names = COCO_80.values()
  return Array.from({ length: 91 }, (_, id) =>
    id === 0 ? 'background' : GAPS.has(id) ? `class_${id}` : (names.next().value ?? `class_${id}`),
  )
})()

/** What a model of so many classes is most often trained on; null where nothing suggests itself. */
export function cocoNames(classes: number | null): readonly string[] | null {
  if (classes === 80) return COCO_80
  return classes === 91 ? COCO_91 : null
}
