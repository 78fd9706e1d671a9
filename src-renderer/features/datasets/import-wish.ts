import type { ImportMode } from '#shared/contract/datasets.ts'
import type { JobId } from '#shared/domain/ids.ts'
import type { ImportPreview, PreviewLabel } from '#shared/domain/import-preview.ts'

/** What a person asked for in the import dialog. */
export interface ImportWish {
  /** Null: into the whole task. */
  readonly jobId: JobId | null
  readonly path: string
  /** Null: told from the content. */
  readonly format: string | null
  readonly mode: ImportMode
  /** By name in the file: the label it goes to, null for one to leave out. */
  readonly labels: Record<string, string | null>
  readonly createLabels: string[]
}

/** Where a label of the file goes: to a label that is here, to one that is made for it, or nowhere. */
export type Destination =
  | { readonly to: 'label'; readonly name: string }
  | { readonly to: 'new' }
  | { readonly to: 'nowhere' }

/** The wish with one label of the file sent elsewhere. */
export function withDestination(
  wish: ImportWish,
  name: string,
  destination: Destination,
): ImportWish {
  const { [name]: _, ...others } = wish.labels
  const createLabels = wish.createLabels.filter((each) => each !== name)
  if (destination.to === 'new')
    return { ...wish, labels: others, createLabels: [...createLabels, name] }
  const goal = destination.to === 'nowhere' ? null : destination.name
  // A label that goes to the one of its own name needs no saying.
  const labels = goal === name ? others : { ...others, [name]: goal }
  return { ...wish, labels, createLabels }
}

/** Where a label goes: as a person has said since it was looked at, else as the look found; null: nobody knows. */
export function destinationOf(
  { name, target, state }: PreviewLabel,
  wish: ImportWish,
): Destination | null {
  if (wish.createLabels.includes(name)) return { to: 'new' }
  const said = wish.labels[name]
  if (said !== undefined) return said === null ? { to: 'nowhere' } : { to: 'label', name: said }
  if (state === 'unknown') return null
  if (state === 'created') return { to: 'new' }
  return target === null ? { to: 'nowhere' } : { to: 'label', name: target }
}

/** What nobody has decided on yet goes to the label with the nearest name, or is made. */
export function withSuggestions(wish: ImportWish, labels: ImportPreview['labels']): ImportWish {
  return labels
    .filter(({ state, parent }) => state === 'unknown' && parent === null)
    .reduce(
      (all, { name, suggestion }) =>
        withDestination(
          all,
          name,
          suggestion === null ? { to: 'new' } : { to: 'label', name: suggestion },
        ),
      wish,
    )
}
