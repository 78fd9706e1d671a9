import type { AnnotationId } from '#shared/domain/ids.ts'

type Keyed = ReadonlyMap<AnnotationId, unknown>

/** Stands for a map. It knows only what came after it, so states nobody holds any more are forgotten with their links. */
interface Link {
  next: { readonly link: Link; readonly ids: readonly AnnotationId[] } | null
}

const links = new WeakMap<Keyed, Link>()

function linkOf(map: Keyed): Link {
  const known = links.get(map)
  if (known) return known
  const link: Link = { next: null }
  links.set(map, link)
  return link
}

/** `after` was made from `before` and differs from it at most in the entries of these ids. */
export function descends(after: Keyed, before: Keyed, ids: readonly AnnotationId[]): void {
  if (after !== before) linkOf(before).next = { link: linkOf(after), ids }
}

/**
 * The ids whose entries may differ between two states of a map, so that whoever follows it looks at the change and not at
 * ten thousand others; null when that is not known: they are of two frames, or one was read anew.
 */
export function changedBetween(before: Keyed, after: Keyed): ReadonlySet<AnnotationId> | null {
  const goal = links.get(after)
  const changed = new Set<AnnotationId>()
  let at = links.get(before)
  while (before !== after && at !== goal) {
    if (!at?.next) return null
    for (const id of at.next.ids) changed.add(id)
    at = at.next.link
  }
  return before === after || goal ? changed : null
}
