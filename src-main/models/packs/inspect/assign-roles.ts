import type { Family, ModelFacts, Recognised } from '../../family.ts'

/** Files of a folder, in the roles of a family that says they are its own. */
export interface Candidate {
  readonly family: Family
  /** By role: the name of the file. */
  readonly roles: Readonly<Record<string, string>>
  readonly recognised: Recognised
}

/** More files than these of one folder are not put together: 8 in 3 roles are 336 ways. */
const MOST_FILES = 8

/**
 * Which families may run these files, best first. A family of several nets is shown every way in which the files can take its
 * roles; of a family of one net each file is a candidate.
 * @param facts  by file name
 * @param wanted  a file that must be among them; null: any
 */
export function candidatesOf(
  facts: ReadonlyMap<string, ModelFacts>,
  families: readonly Family[],
  wanted: string | null,
): Candidate[] {
  const found = families.flatMap((family) => bestFor(family, facts, wanted) ?? [])
  // More nets of one folder explained is a better explanation; a stable sort keeps the families' own order.
  return found.sort(
    (a, b) =>
      b.recognised.certainty - a.recognised.certainty ||
      b.family.roles.length - a.family.roles.length,
  )
}

function bestFor(
  family: Family,
  facts: ReadonlyMap<string, ModelFacts>,
  wanted: string | null,
): Candidate | undefined {
  let best: Candidate | undefined
  const names = [...facts.keys()].slice(0, MOST_FILES)
  for (const chosen of arrangements(names, family.roles.length)) {
    if (wanted !== null && !chosen.includes(wanted)) continue
    const roles = Object.fromEntries(family.roles.map((role, index) => [role, chosen[index] ?? '']))
    const recognised = recognise(family, roles, facts)
    if (recognised === null) continue
    if (!best || recognised.certainty > best.recognised.certainty)
      best = { family, roles, recognised }
  }
  return best
}

/** @returns null, too, for a certainty that is none */
export function recognise(
  family: Family,
  roles: Readonly<Record<string, string>>,
  facts: ReadonlyMap<string, ModelFacts>,
): Recognised | null {
  const shown: Record<string, ModelFacts> = {}
  for (const [role, name] of Object.entries(roles)) {
    const one = facts.get(name)
    if (one !== undefined) shown[role] = one
  }
  const recognised = family.recognise(shown)
  return recognised !== null && recognised.certainty > 0 ? recognised : null
}

/** Every way to take `count` of the names, in order. */
function* arrangements(names: readonly string[], count: number): Generator<string[]> {
  if (count === 0) {
    yield []
    return
  }
  for (const name of names) {
    const others = names.filter((one) => one !== name)
    for (const rest of arrangements(others, count - 1)) yield [name, ...rest]
  }
}
