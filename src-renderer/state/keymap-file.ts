import { bindingText, isBinding, parseBinding } from './hotkeys.ts'
import { type KeyPresetId, keyPresetIds } from './key-presets/preset.ts'
import type { Keymap } from './keymap.ts'

const VERSION = 1

/** The file that carries keys to another machine: the preset, and what differs from it. */
export function writeKeymap({ keyPreset, keys }: Keymap): string {
  const sorted = Object.fromEntries(Object.entries(keys).sort(([a], [b]) => a.localeCompare(b)))
  const file = { fieldmarkKeys: VERSION, preset: keyPreset, keys: sorted }
  return `${JSON.stringify(file, null, 2)}\n`
}

/** What is wrong with a file of keys, and where: `at` is the entry as it is written. */
export interface KeymapProblem {
  readonly kind: 'json' | 'shape' | 'version' | 'preset' | 'action' | 'list' | 'key'
  readonly at: string
}

export type ReadKeymap =
  | { readonly ok: true; readonly map: Keymap }
  | { readonly ok: false; readonly problems: readonly KeymapProblem[] }

/**
 * A file of keys, refused whole when anything in it is wrong, with every wrong entry named.
 * @param ids  the actions there are
 */
export function readKeymap(text: string, ids: ReadonlySet<string>): ReadKeymap {
  const file = parseJson(text)
  if (file === undefined) return refused([{ kind: 'json', at: '' }])
  if (!isRecord(file) || !('fieldmarkKeys' in file)) return refused([{ kind: 'shape', at: '' }])
  if (file.fieldmarkKeys !== VERSION)
    return refused([{ kind: 'version', at: String(file.fieldmarkKeys) }])
  const { preset = 'cvat', keys = {} } = file
  if (!isRecord(keys)) return refused([{ kind: 'shape', at: 'keys' }])
  const problems = Object.entries(keys).flatMap(([id, list]) => problemsOf(id, list, ids))
  if (!isPreset(preset)) problems.unshift({ kind: 'preset', at: JSON.stringify(preset) })
  if (problems.length > 0 || !isPreset(preset)) return refused(problems)
  const tidy = Object.entries(keys as Record<string, string[]>).map(([id, list]) => [
    id,
    list.map((key) => bindingText(parseBinding(key))),
  ])
  return { ok: true, map: { keyPreset: preset, keys: Object.fromEntries(tidy) } }
}

function problemsOf(id: string, list: unknown, ids: ReadonlySet<string>): KeymapProblem[] {
  if (!ids.has(id)) return [{ kind: 'action', at: id }]
  if (!Array.isArray(list)) return [{ kind: 'list', at: id }]
  return list
    .filter((key) => typeof key !== 'string' || !isBinding(key))
    .map((key) => ({ kind: 'key', at: `${id}: ${JSON.stringify(key)}` }))
}

function refused(problems: readonly KeymapProblem[]): ReadKeymap {
  return { ok: false, problems }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function isPreset(value: unknown): value is KeyPresetId {
  return (keyPresetIds as readonly unknown[]).includes(value)
}
