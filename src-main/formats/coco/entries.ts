import type { DatasetInput } from '#main/core/ports.ts'

/** COCO has a file for each of its tasks, called after it: `instances_train.json`. */
export type CocoTaskName = 'instances' | 'person_keypoints'

const TASKS = /^(instances|person_keypoints|captions|labels|image_info|panoptic|stuff)_/i

export interface CocoFile {
  readonly name: string
  readonly sizeBytes: number
  readonly subset: string
}

/** The files of one COCO task: a bare file whatever its name, in an archive those called after it before any other. */
export function cocoFiles(input: DatasetInput, task: CocoTaskName): CocoFile[] {
  const [only] = input.entries
  const isBare = input.entries.length === 1 && only?.name === input.file
  const json = input.entries.filter(
    ({ name }) => /\.json$/i.test(name) && !/_meta\.json$/i.test(name),
  )
  const own = json.filter(({ name }) => taskOf(name) === task)
  const nameless = json.filter(({ name }) => taskOf(name) === null)
  const found = isBare ? input.entries : own.length > 0 ? own : nameless
  return found.map(({ name, sizeBytes }) => ({ name, sizeBytes, subset: subsetOf(name) }))
}

function taskOf(name: string): string | null {
  return TASKS.exec(baseName(name))?.[1]?.toLowerCase() ?? null
}

/** Names that say what the file is and not which part of the data it holds. */
const SAYS_NOTHING =
  /^_?(?:annotations?|coco|labels?|results?|dataset|data|instances)?(?:[._-]coco)?$/i

/**
 * `instances_val.json` and `val.json` hold `val`; `valid/_annotations.coco.json`, as some tools call their files, holds
 * what its folder is called, unless that says as little.
 */
function subsetOf(name: string): string {
  const stem = baseName(name).replace(/\.json$/i, '')
  const said = stem.replace(TASKS, '')
  if (said !== stem && said !== '') return said
  if (!SAYS_NOTHING.test(stem)) return stem
  const folder = name.split('/').at(-2) ?? ''
  return SAYS_NOTHING.test(folder) ? 'default' : folder
}

function baseName(name: string): string {
  return name.slice(name.lastIndexOf('/') + 1)
}
