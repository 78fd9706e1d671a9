import { beforeAll, describe, expect, test, vi } from 'vitest'
import type { Action } from '#renderer/state/actions.ts'
import { isBinding } from '#renderer/state/hotkeys.ts'
import { keyPresets } from '#renderer/state/key-presets/index.ts'
import { keyPresetIds } from '#renderer/state/key-presets/preset.ts'
import { conflictsIn } from '#renderer/state/keymap.ts'
import type { Bench } from '../bench/bench.ts'

let actions: Action[] = []

beforeAll(async () => {
  // The typed client takes its address from the page; nothing is called here.
  vi.stubGlobal('window', { location: { origin: 'http://localhost' } })
  const { appActions } = await import('#renderer/app/actions.ts')
  const { workspaceActions } = await import('./index.ts')
  actions = [...appActions, ...workspaceActions({} as Bench, () => undefined)]
})

describe.each(keyPresetIds)('the keys of %s', (id) => {
  const { keys } = keyPresets[id]

  test('are given to actions there are', () => {
    const known = new Set(actions.map((action) => action.id))
    expect(Object.keys(keys).filter((one) => !known.has(one))).toEqual([])
  })

  test('can be pressed', () => {
    expect(
      Object.values(keys)
        .flat()
        .filter((key) => !isBinding(key)),
    ).toEqual([])
  })

  test('mean one thing each', () => {
    expect(conflictsIn({ keyPreset: id, keys: {} }, actions)).toEqual([])
  })
})
