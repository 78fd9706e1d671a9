/** Pictures with COCO ground truth: the sample that ships, or another folder of its kind. */
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import sharp from 'sharp'
import type { FunctionPicture } from '#main/core/ports.ts'
import type { Box } from '#shared/geometry/box.ts'
import { polygonToCoco } from '#shared/geometry/coco-polygon.ts'
import { type CocoRle, cocoToMask, uniteCoco } from '#shared/geometry/coco-rle.ts'

export interface Thing {
  readonly picture: number
  readonly label: string
  readonly box: Box
  /** Mask points. */
  readonly mask: number[]
  readonly area: number
  /** `x, y, flag` a joint (COCO's); null where nobody noted any. */
  readonly joints: readonly number[] | null
  /** Which thing of its picture it is, by the layer it lies on; null where nobody noted it. */
  readonly layer: number | null
}

export interface Sample {
  readonly pictures: readonly { readonly id: number; readonly picture: FunctionPicture }[]
  readonly things: readonly Thing[]
}

interface Coco {
  readonly categories: readonly { id: number; name: string }[]
  readonly images: readonly { id: number; file_name: string; width: number; height: number }[]
  readonly annotations: readonly CocoThing[]
}
interface CocoThing {
  readonly image_id: number
  readonly category_id: number
  readonly bbox: readonly [number, number, number, number]
  readonly segmentation: readonly number[][]
  readonly area: number
  /** Of the samples' maker: the exact pixels. */
  readonly visible_rle?: CocoRle
  readonly keypoints?: readonly number[]
  readonly attributes?: { readonly z?: number }
}

export function readSample(folder: string): Sample {
  const coco = JSON.parse(readFileSync(join(folder, 'coco.json'), 'utf8')) as Coco
  const names = new Map(coco.categories.map(({ id, name }) => [id, name]))
  const sizes = new Map(coco.images.map((image) => [image.id, image]))
  const things = coco.annotations.map((thing): Thing => {
    const [x, y, w, h] = thing.bbox
    const { width = 0, height = 0 } = sizes.get(thing.image_id) ?? {}
    const rle =
      thing.visible_rle ?? uniteCoco(thing.segmentation.map((p) => polygonToCoco(p, height, width)))
    return {
      picture: thing.image_id,
      label: names.get(thing.category_id) ?? '',
      box: { left: x, top: y, right: x + w, bottom: y + h },
      mask: (rle && cocoToMask(rle)) ?? [],
      area: thing.area,
      joints: thing.keypoints ?? null,
      layer: thing.attributes?.z ?? null,
    }
  })
  return {
    things,
    pictures: coco.images.map(({ id, file_name }) => ({
      id,
      picture: pictureOf(folder, file_name),
    })),
  }
}

function pictureOf(folder: string, name: string): FunctionPicture {
  const path = [join(folder, name), join(folder, 'images', name)].find(existsSync) ?? name
  return {
    key: path,
    async pixels() {
      const { data, info } = await sharp(path)
        .removeAlpha()
        .raw()
        .toBuffer({ resolveWithObject: true })
      return { width: info.width, height: info.height, rgb: new Uint8Array(data) }
    },
    encoded: () => Promise.reject(new Error('nobody needs a file')),
  }
}
