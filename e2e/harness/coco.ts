import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import JSZip from 'jszip'
import { SAMPLE } from './cli.ts'

/** The sample's ground truth. */
export const truth = join(SAMPLE, 'coco.json')

export interface Coco {
  readonly images: readonly { id: number; file_name: string; width: number; height: number }[]
  readonly categories: readonly { id: number; name: string }[]
  readonly annotations: readonly {
    image_id: number
    category_id: number
    bbox: number[]
    segmentation: number[][]
    attributes?: { occluded?: boolean }
  }[]
}

/** What a COCO file says, ids, order and paths aside: one line a drawn part. */
export function facts(coco: Coco): string[] {
  const names = new Map(coco.categories.map((one) => [one.id, one.name]))
  const files = new Map(coco.images.map((one) => [one.id, one.file_name.split('/').at(-1)]))
  return coco.annotations
    .flatMap((one) => {
      const head = `${files.get(one.image_id)} ${names.get(one.category_id)} ${one.attributes?.occluded === true}`
      const parts = one.segmentation.length > 0 ? one.segmentation : [one.bbox]
      return parts.map((numbers) => `${head} ${numbers.map((n) => n.toFixed(2)).join(' ')}`)
    })
    .sort()
}

export async function readTruth(): Promise<Coco> {
  return JSON.parse(await readFile(truth, 'utf8')) as Coco
}

/** The annotation file of an exported archive. */
export async function cocoOf(path: string): Promise<Coco> {
  const zip = await JSZip.loadAsync(await readFile(path))
  const name = Object.keys(zip.files).find((one) => one.endsWith('.json')) ?? ''
  return JSON.parse((await zip.file(name)?.async('string')) ?? '') as Coco
}

/** The same annotations many times over: an import that takes a while. */
export function repeat(coco: Coco, times: number): Coco {
  const annotations = Array.from({ length: times }, () => coco.annotations).flat()
  return { ...coco, annotations: annotations.map((one, at) => ({ ...one, id: at + 1 })) }
}
