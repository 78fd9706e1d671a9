import type { DatasetFrame, DatasetOutput, DatasetSource, WorkContext } from '#main/core/ports.ts'
import type { Tag } from '#shared/domain/annotation.ts'
import type { Label } from '#shared/domain/label.ts'
import { pythonFloat, round2 } from '../common/decimals.ts'
import { folderNames } from '../common/folder-names.ts'
import { attributeValue, flatLabels } from '../common/label-index.ts'
import { progressOf } from '../common/write-images.ts'
import { withoutExtension } from '../frame-matcher.ts'
import { isHeader } from './items.ts'
import { type PictureRef, pathOf, refOf, refOfPath, writtenName, writtenPerson } from './names.ts'
import { readPairList } from './pair-lists.ts'

/** LFW 1.0: for each subset the people, the pairs of pictures and the points. */
export async function writeLfw(
  source: DatasetSource,
  output: DatasetOutput,
  { withImages, context }: { withImages: boolean; context: WorkContext },
): Promise<void> {
  for (const subset of source.subsets) {
    const lists = gather(source, context, subset)
    const folder = `${subset}/annotations`
    const pairs = [...lists.positive, ...lists.negative, ...others(lists)]
    await output.text(`${folder}/pairs.txt`, withHeader(pairs))
    if (lists.landmarks.length > 0) await output.text(`${folder}/landmarks.txt`, lists.landmarks)
    await output.text(`${folder}/people.txt`, withHeader(people(source.labels, lists)))
    if (!withImages) continue
    const folders = folderNames(source.labels.map(({ name }) => name))
    for (const { frame, ref } of lists.frames) {
      const picture = await source.image(frame)
      const person = ref.person === null ? null : (folders.get(ref.person) ?? ref.person)
      const name = pathOf({ ...ref, person }) + extensionOf(frame)
      if (picture !== null) await output.bytes(`${subset}/images/${name}`, picture, false)
    }
  }
}

/** For all labels, how many frames show them. */
function people(labels: readonly Label[], lists: Lists): string[] {
  return flatLabels(labels).map(
    ({ label: { name } }) => `${name}\t${lists.people.get(name) ?? 0}\n`,
  )
}

/** A first line of nothing but numbers says how long a list is: where ours is none, one is put before it. */
function withHeader(lines: readonly string[]): readonly string[] {
  return isHeader(lines[0] ?? '') ? [`${lines.length}\n`, ...lines] : lines
}

function extensionOf({ fileName }: DatasetFrame): string {
  return fileName.slice(withoutExtension(fileName).length) || '.jpg'
}

/** Lines of one subset. Names only, so that a hundred thousand pictures are some megabytes. */
interface Lists {
  readonly positive: string[]
  readonly negative: string[]
  readonly landmarks: string[]
  /** How many frames show a person. */
  readonly people: Map<string, number>
  readonly frames: { readonly frame: DatasetFrame; readonly ref: PictureRef }[]
  /** Paths of pictures that are in a pair. */
  readonly paired: Set<string>
}

function gather(source: DatasetSource, context: WorkContext, subset: string): Lists {
  const labels = new Map(source.labels.map((label) => [label.id as number, label]))
  const names = new Set(source.labels.map(({ name }) => name))
  const lists: Lists = {
    ...{ positive: [], negative: [], landmarks: [], people: new Map(), frames: [] },
    paired: new Set(),
  }
  for (const { frame, annotations } of progressOf(source, context, 'woven', subset)) {
    const tag = annotations.find((one) => one.kind === 'tag' && labels.has(one.labelId))
    const label = tag && labels.get(tag.labelId)
    const ref = refOf(label?.name ?? null, withoutExtension(frame.fileName))
    lists.frames.push({ frame, ref })
    if (tag?.kind === 'tag' && label) {
      lists.people.set(label.name, (lists.people.get(label.name) ?? 0) + 1)
      addPairs(lists, ref, { tag, label, names })
    }
    for (const one of annotations) {
      if (one.kind !== 'shape' || one.type !== 'points') continue
      const own = labels.get(one.labelId)?.name ?? null
      // Points go for the person of their frame; those of another label say so.
      const path = own === ref.person ? ref.name : pathOf({ person: own, name: ref.name })
      const numbers = one.points.map((n) => pythonFloat(round2(n)))
      lists.landmarks.push(`${path}.jpg\t${numbers.join('\t')}\n`)
    }
  }
  return lists
}

function addPairs(
  { positive, negative, paired }: Lists,
  ref: PictureRef,
  { tag, label, names }: { tag: Tag; label: Label; names: ReadonlySet<string> },
): void {
  const pairsOf = (attribute: string): PictureRef[] => {
    const spec = label.attributes.find(({ name }) => name === attribute)
    const paths = spec === undefined ? [] : readPairList(attributeValue(spec, tag.attributes))
    return paths.map((path) => refOfPath(withoutPicture(path), (folder) => names.has(folder)))
  }
  const first = `${writtenPerson(ref)}\t${writtenName(ref)}`
  for (const other of pairsOf('positive_pairs')) {
    const same = { person: ref.person, name: other.name }
    positive.push(`${first}\t${writtenName(same)}\n`)
    paired.add(pathOf(ref)).add(pathOf(same))
  }
  for (const other of pairsOf('negative_pairs')) {
    negative.push(`${first}\t${writtenPerson(other)}\t${writtenName(other)}\n`)
    paired.add(pathOf(ref)).add(pathOf(other))
  }
}

function withoutPicture(path: string): string {
  return path.replace(/\.(?:jpe?g|png|bmp|webp)$/i, '').replaceAll('\\', '/')
}

function others({ frames, paired }: Lists): string[] {
  const paths = frames.map(({ ref }) => pathOf(ref))
  return paths.filter((path) => !paired.has(path)).map((path) => `${path}\n`)
}
