import { beforeAll, describe, expect, test, vi } from 'vitest'
import type { Action } from '#renderer/state/actions.ts'
import { findConflicts } from '#renderer/state/hotkeys.ts'
import titles from '#resources/locales/en/actions.json'
import type { Bench } from '../bench/bench.ts'

let actions: Action[] = []

beforeAll(async () => {
  // The typed client takes its address from the page; nothing is called here.
  vi.stubGlobal('window', { location: { origin: 'http://localhost' } })
  const { workspaceActions } = await import('./index.ts')
  actions = workspaceActions({} as Bench, () => undefined)
})

/** The shortcut table of CVAT's manual, as far as this version has the verbs. */
const cvat: readonly [key: string, id: string][] = [
  ['Ctrl+S', 'general.save'],
  ['Ctrl+Z', 'general.undo'],
  ['Ctrl+Shift+Z', 'general.redo'],
  ['Ctrl+Y', 'general.redo'],
  ['F', 'player.next'],
  ['D', 'player.previous'],
  ['V', 'player.forward'],
  ['C', 'player.backward'],
  ['Right', 'player.search-next'],
  ['Left', 'player.search-previous'],
  ['Space', 'player.play'],
  ['`', 'player.focus-frame'],
  ['~', 'player.focus-frame'],
  ['N', 'modes.draw-again'],
  ['Shift+N', 'modes.redraw'],
  ['Esc', 'modes.cancel'],
  ['Ctrl+R', 'image.rotate'],
  ['Ctrl+Shift+R', 'image.rotate-back'],
  ['Shift+B+=', 'image.brighter'],
  ['Shift+B+-', 'image.darker'],
  ['Shift+C+=', 'image.more-contrast'],
  ['Shift+C+-', 'image.less-contrast'],
  ['Shift+S+=', 'image.more-saturation'],
  ['Shift+S+-', 'image.less-saturation'],
  ['Shift+G+=', 'image.more-grid'],
  ['Shift+G+-', 'image.less-grid'],
  ['Shift+G+Enter', 'image.grid-color'],
  ['T+L', 'objects.lock-all'],
  ['L', 'objects.lock'],
  ['T+H', 'objects.hide-all'],
  ['H', 'objects.hide'],
  ['Q', 'objects.occlude'],
  ['/', 'objects.occlude'],
  ['Del', 'objects.delete'],
  ['Shift+Del', 'objects.force-delete'],
  ['-', 'objects.farther'],
  ['_', 'objects.farther'],
  ['+', 'objects.closer'],
  ['=', 'objects.closer'],
  ['Ctrl+C', 'objects.copy'],
  ['Ctrl+V', 'objects.paste'],
  ['Ctrl+0', 'objects.label-0'],
  ['Ctrl+1', 'objects.label-1'],
  ['Ctrl+9', 'objects.label-9'],
  ['Tab', 'objects.next'],
  ['Shift+Tab', 'objects.previous'],
  ['M', 'modes.merge'],
  ['Alt+M', 'modes.split'],
  ['G', 'modes.group'],
  ['Shift+G', 'modes.reset-group'],
  ['J', 'modes.join'],
  ['Alt+J', 'modes.slice'],
  ['Ctrl+B', 'objects.propagate'],
  ['K', 'objects.keyframe'],
  ['O', 'objects.outside'],
  ['R', 'objects.next-keyframe'],
  ['E', 'objects.previous-keyframe'],
  ['Up', 'aam.previous-attribute'],
  ['Down', 'aam.next-attribute'],
  ['Tab', 'aam.next-object'],
  ['Shift+Tab', 'aam.previous-object'],
  ['1', 'aam.value-1'],
  ['0', 'aam.value-0'],
  ['Alt+Del', 'frame.delete'],
]

describe('the actions of the workspace', () => {
  test.each(cvat)('%s is %s, as in CVAT', (key, id) => {
    expect(actions.find((action) => action.id === id)?.keys).toContain(key)
  })

  test('no two of them share a key', () => {
    expect(findConflicts(actions)).toEqual([])
  })

  test('each has a name', () => {
    const nameOf = ({ id }: Action) => {
      const [group = '', verb = ''] = id.split('.')
      return (titles as Record<string, Record<string, string>>)[group]?.[verb]
    }
    expect(actions.filter((action) => !nameOf(action)).map((action) => action.id)).toEqual([])
  })
})
