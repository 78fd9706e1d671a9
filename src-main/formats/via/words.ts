import { PART_OF } from '../common/joined-parts.ts'

/** Attributes of regions with a meaning of their own, which VIA keeps like any other. */

/** Degrees by which a rectangle is turned that is drawn as a polygon. */
export const ROTATION = 'rotation'
export const OCCLUDED = 'occluded'
/** The pictures' attribute in which tags stand. */
export const TAGS = 'tags'

export const OWN_WORDS: ReadonlySet<string> = new Set([ROTATION, OCCLUDED, PART_OF])

/** What people call the attribute that says what a region is, the likeliest first. */
export const LABEL_WORDS: readonly string[] = [
  'label',
  'labels',
  'class',
  'classes',
  'class_name',
  'classname',
  'class_label',
  'category',
  'category_name',
  'categories',
  'type',
  'object_type',
  'object',
  'object_name',
  'name',
  'names',
  'tag',
  'tags',
]
