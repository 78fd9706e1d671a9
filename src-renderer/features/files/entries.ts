import type { ContractRouterClient } from '@orpc/contract'
import type { PickRequest } from '#renderer/state/dialogs.ts'
import type { Contract } from '#shared/contract/index.ts'

export type Folder = Awaited<ReturnType<ContractRouterClient<Contract>['app']['browse']>>
export type Entry = Folder['entries'][number]

const byName = new Intl.Collator('en', { numeric: true, sensitivity: 'base' })

/**
 * What the picker lists: folders first, names in natural order, only those that contain `filter`. Choosing a folder
 * shows its pictures, too (one sees that it is the right one); choosing files leaves out endings that do not fit.
 */
export function orderEntries(
  entries: readonly Entry[],
  request: Pick<PickRequest, 'mode' | 'extensions'>,
  filter: string,
): Entry[] {
  const wanted = filter.trim().toLowerCase()
  return entries
    .filter((entry) => fits(entry, request) && entry.name.toLowerCase().includes(wanted))
    .sort((a, b) => rankOf(a) - rankOf(b) || byName.compare(a.name, b.name))
}

function fits(entry: Entry, { mode, extensions }: Pick<PickRequest, 'mode' | 'extensions'>) {
  if (entry.kind === 'folder') return true
  if (mode === 'folder') return entry.kind === 'image' || entry.kind === 'video'
  return !extensions || extensions.includes(extensionOf(entry.name))
}

function rankOf(entry: Entry): number {
  return entry.kind === 'folder' ? 0 : 1
}

/** Lower case, without the dot; '' when there is none. */
export function extensionOf(name: string): string {
  const dot = name.lastIndexOf('.')
  return dot > 0 ? name.slice(dot + 1).toLowerCase() : ''
}

/** A path as steps from the root, each with where it leads; Windows drives and `\` included. */
export function breadcrumbs(path: string): { name: string; path: string }[] {
  const separator = path.includes('\\') ? '\\' : '/'
  const parts = path.split(separator)
  const crumbs = parts.map((name, at) => ({
    name: name === '' ? separator : name,
    path: parts.slice(0, at + 1).join(separator) || separator,
  }))
  // `/` and `C:\` split into a root and an empty rest.
  return crumbs.filter((crumb, at) => at === 0 || crumb.name !== separator)
}

/** `folder` and `name` as one path, in the folder's own manner. */
export function joinPath(folder: string, name: string): string {
  const separator = folder.includes('\\') ? '\\' : '/'
  return folder.endsWith(separator) ? folder + name : folder + separator + name
}

/**
 * A path typed or pasted into the filter: the folder to look into and what of the last name is there. null for a plain
 * filter text.
 */
export function typedPath(text: string): { path: string; folder: string; rest: string } | null {
  const path = text.trim()
  if (!/^(\/|[a-z]:[\\/]|\\\\)/i.test(path)) return null
  const cut = Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\')) + 1
  return { path, folder: path.slice(0, cut), rest: path.slice(cut) }
}
