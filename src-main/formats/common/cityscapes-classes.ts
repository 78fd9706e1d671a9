/** The classes of the Cityscapes data set in the order of their numbers, by which KITTI numbers its own too. */
import type { Label } from '#shared/domain/label.ts'
import type { ColoredLabel } from './label-colors.ts'

export const cityscapesClasses: readonly ColoredLabel[] = [
  { name: 'unlabeled', color: 0x000000 },
  { name: 'egovehicle', color: 0x000000 },
  { name: 'rectificationborder', color: 0x000000 },
  { name: 'outofroi', color: 0x000000 },
  { name: 'static', color: 0x000000 },
  { name: 'dynamic', color: 0x6f4a00 },
  { name: 'ground', color: 0x510051 },
  { name: 'road', color: 0x804080 },
  { name: 'sidewalk', color: 0xf423e8 },
  { name: 'parking', color: 0xfaaaa0 },
  { name: 'railtrack', color: 0xe6968c },
  { name: 'building', color: 0x464646 },
  { name: 'wall', color: 0x66669c },
  { name: 'fence', color: 0xbe9999 },
  { name: 'guardrail', color: 0xb4a5b4 },
  { name: 'bridge', color: 0x966464 },
  { name: 'tunnel', color: 0x96785a },
  { name: 'pole', color: 0x999999 },
  { name: 'polegroup', color: 0x999999 },
  { name: 'trafficlight', color: 0xfaaa1e },
  { name: 'trafficsign', color: 0xdcdc00 },
  { name: 'vegetation', color: 0x6b8e23 },
  { name: 'terrain', color: 0x98fb98 },
  { name: 'sky', color: 0x4682b4 },
  { name: 'person', color: 0xdc143c },
  { name: 'rider', color: 0xff0000 },
  { name: 'car', color: 0x00008e },
  { name: 'truck', color: 0x000046 },
  { name: 'bus', color: 0x003c64 },
  { name: 'caravan', color: 0x00005a },
  { name: 'trailer', color: 0x00006e },
  { name: 'train', color: 0x005064 },
  { name: 'motorcycle', color: 0x0000e6 },
  { name: 'bicycle', color: 0x770b20 },
  { name: 'licenseplate', color: 0x00008e },
]

/**
 * The classes of an archive that lists none: the data set's own, by what the task calls them (`traffic light`); of a task
 * that has none of these its own labels.
 * @param numbered  a task's labels in the order in which an export numbers them
 */
export function unlistedClasses(
  labels: readonly Label[],
  numbered: (labels: readonly Label[]) => readonly ColoredLabel[],
): readonly ColoredLabel[] {
  const lettersOf = (name: string) => name.toLowerCase().replace(/[^\p{L}\p{N}]/gu, '')
  const byLetters = new Map(labels.map(({ name }) => [lettersOf(name), name]))
  const own = cityscapesClasses.map((each) => ({
    ...each,
    name: byLetters.get(each.name) ?? each.name,
  }))
  const isOwn = labels.length === 0 || cityscapesClasses.some(({ name }) => byLetters.has(name))
  return isOwn ? own : numbered(labels)
}
