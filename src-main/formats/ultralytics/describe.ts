import type { ImportTally } from '../common/import-tally.ts'
import type { Config } from './config.ts'
import type { Variant } from './variant.ts'

/** Tell which labels the data set has; joints that nobody names are called as CVAT calls them. */
export function describeLabels(
  { names, joints }: Config,
  { hasJoints }: Variant,
  tally: Pick<ImportTally, 'describe'>,
): void {
  for (const [number, name] of names) {
    if (!hasJoints || joints === null) {
      tally.describe({ name })
      continue
    }
    tally.describe({ name, type: 'skeleton' })
    for (let i = 0; i < joints.count; i++) {
      const joint = joints.names.get(number)?.[i] ?? `${name}_point_${i}`
      tally.describe({ name: joint, parent: name, type: 'points' })
    }
  }
}
