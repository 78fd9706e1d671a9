/** Images and categories of a COCO file: what its annotations point to. */
import type { DatasetFrame } from '#main/core/ports.ts'
import type { ImportTally } from '../common/import-tally.ts'
import { noteOtherSize } from '../common/other-size.ts'
import type { Refuse } from '../common/refuse.ts'
import {
  type CocoAnnotation,
  type CocoCategory,
  type CocoId,
  type CocoImage,
  parseCategory,
  parseImage,
} from './parse.ts'

/** What is needed of an image for as long as annotations come: files have a million of them. */
export interface KnownImage extends Pick<CocoImage, 'width' | 'height'> {
  readonly frame: DatasetFrame | null
}

export class Catalogue {
  readonly #images = new Map<CocoId, KnownImage>()
  readonly #categories = new Map<CocoId, CocoCategory>()
  readonly #tally: ImportTally
  readonly #refuse: Refuse
  readonly #subset: string

  constructor(tally: ImportTally, refuse: Refuse, subset: string) {
    this.#tally = tally
    this.#refuse = refuse
    this.#subset = subset
  }

  addImage(value: unknown, where: string): void {
    const { id, fileName, width, height } = parseImage(value, where, this.#refuse)
    if (this.#images.has(id)) this.#refuse(`${where}.id`, `image id ${id} appears twice`)
    const frame = this.#tally.frame(fileName, undefined, this.#subset)
    this.#images.set(id, { width, height, frame })
    noteOtherSize(frame, { width, height }, this.#tally)
  }

  addCategory(value: unknown, where: string): void {
    const category = parseCategory(value, where, this.#refuse)
    const { id, name, joints, edges } = category
    if (this.#categories.has(id)) this.#refuse(`${where}.id`, `category id ${id} appears twice`)
    this.#categories.set(id, category)
    if (joints.length === 0) this.#tally.describe({ name })
    else {
      this.#tally.describe({ name, type: 'skeleton', edges })
      for (const joint of joints)
        this.#tally.describe({ name: joint, parent: name, type: 'points' })
    }
  }

  imageOf({ imageId }: CocoAnnotation, where: string): KnownImage {
    const refuse: Refuse = this.#refuse
    const image = this.#images.get(imageId)
    if (image === undefined) refuse(`${where}.image_id`, `there is no image with the id ${imageId}`)
    return image
  }

  categoryOf({ categoryId }: CocoAnnotation, where: string): CocoCategory {
    const refuse: Refuse = this.#refuse
    const category = this.#categories.get(categoryId)
    if (category === undefined) {
      refuse(`${where}.category_id`, `there is no category with the id ${categoryId}`)
    }
    return category
  }
}
