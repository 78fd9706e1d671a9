/**
 * Names of labels as DOTA's files can hold them: fields are parted by blanks, and its own classes have hyphens
 * (`small-vehicle`). `classes.txt` says what the names really are; others read such a file as a list of classes.
 */
import { uniqueNames } from '../common/folder-names.ts'

export const CLASSES = 'classes.txt'

/** What is written for each name. */
export function classNames(names: readonly string[]): Map<string, string> {
  return uniqueNames(names, (name) => name.trim().replace(/\s+/g, '-') || '-')
}

/** What was written, back to the name. */
export function realNames(names: readonly string[]): Map<string, string> {
  return new Map([...classNames(names)].map(([name, written]) => [written, name]))
}
