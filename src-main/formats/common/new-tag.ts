import type { Tag } from '#shared/domain/annotation.ts'

export type NewTag = Omit<Tag, 'id'>

/** A tag as a file gives it, everything it does not say set to CVAT's default. */
export function newTag(fields: Pick<Tag, 'frame' | 'labelId'> & Partial<NewTag>): NewTag {
  return { kind: 'tag', group: 0, source: 'file', attributes: [], ...fields }
}
