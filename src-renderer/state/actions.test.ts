import { afterEach, beforeEach, expect, test, vi } from 'vitest'

type Listener = (event: unknown) => void

/** A window that keeps listeners, so that presses reach the dispatcher as a browser sends them. */
const listeners = new Map<string, Listener[]>()
const done: string[] = []
let stop: () => void
let unregister: () => void

beforeEach(async () => {
  vi.stubGlobal('window', {
    location: { origin: 'http://localhost' },
    addEventListener: (type: string, listener: Listener) =>
      listeners.set(type, [...(listeners.get(type) ?? []), listener]),
    removeEventListener: () => listeners.clear(),
  })
  vi.stubGlobal('document', { body: {} })
  vi.stubGlobal('Element', class {})
  done.length = 0
  const { installHotkeys, registerActions } = await import('./actions.ts')
  const make = (id: string, keys: string[]) => ({
    id,
    keys,
    group: 'view' as const,
    scope: 'app' as const,
    run: () => void done.push(id),
  })
  unregister = registerActions([
    make('ungroup', ['Shift+G']),
    make('grid', ['Shift+G+=']),
    make('next', ['F']),
  ])
  stop = installHotkeys()
})

afterEach(() => {
  unregister()
  stop()
  vi.unstubAllGlobals()
})

test('the beginning of a chord waits for the rest: the chord alone is done', () => {
  down('G', 'KeyG', true)
  expect(done).toEqual([])
  down('+', 'Equal', true)
  up('G', 'KeyG')
  expect(done).toEqual(['grid'])
})

test('without the rest it is done when it comes up, once, however long it was held', () => {
  down('G', 'KeyG', true)
  down('G', 'KeyG', true)
  up('G', 'KeyG')
  expect(done).toEqual(['ungroup'])
})

test('another key has what waited done first', () => {
  down('G', 'KeyG', true)
  down('f', 'KeyF')
  up('G', 'KeyG')
  expect(done).toEqual(['ungroup', 'next'])
})

test('a key that begins no chord is done at once', () => {
  down('f', 'KeyF')
  expect(done).toEqual(['next'])
  up('f', 'KeyF')
})

function down(key: string, code: string, shiftKey = false): void {
  send('keydown', key, code, shiftKey)
}

function up(key: string, code: string): void {
  send('keyup', key, code, false)
}

function send(type: string, key: string, code: string, shiftKey: boolean): void {
  const event = { key, code, shiftKey, ctrlKey: false, altKey: false, metaKey: false, target: null }
  for (const listener of listeners.get(type) ?? []) listener({ ...event, preventDefault() {} })
}
