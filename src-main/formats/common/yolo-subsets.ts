import { AppError } from '#shared/errors/app-error.ts'

const TRAIN = 'train'

/**
 * What a YOLO format calls the subsets of an export: `default` is `train` there, and goes into the subset of that name (in
 * any letter case) if there is one.
 * @param reserved  words that mean something else where the format lists its subsets
 * @returns names in order, each with the subsets that go into it
 * @throws INPUT_INVALID for a subset with a reserved name
 */
export function yoloSubsets(
  subsets: readonly string[],
  { reserved, format }: { reserved: readonly string[]; format: string },
): ReadonlyMap<string, readonly string[]> {
  const train = subsets.find((name) => name.toLowerCase() === TRAIN) ?? TRAIN
  const named = new Map<string, string[]>()
  for (const subset of subsets) {
    if (reserved.includes(subset)) {
      const problem = `a subset is called "${subset}", a word that means something else in its list of subsets`
      throw new AppError('INPUT_INVALID', { where: format, problem })
    }
    const name = subset === 'default' ? train : subset
    named.set(name, [...(named.get(name) ?? []), subset])
  }
  return named
}

/** Of every subset the name it is written under. @param named  as `yoloSubsets` gives it */
export function nameBySubset(
  named: ReadonlyMap<string, readonly string[]>,
): ReadonlyMap<string, string> {
  return new Map([...named].flatMap(([name, subsets]) => subsets.map((one) => [one, name])))
}
