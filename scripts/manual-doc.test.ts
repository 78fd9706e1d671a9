import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, describe, expect, test, vi } from 'vitest'
import type { Action } from '#renderer/state/actions.ts'
import { parseBinding, sameBinding } from '#renderer/state/hotkeys.ts'
import { presetKeys } from '#renderer/state/keymap.ts'

/** docs/manual.md says which test proves which row of CVAT's manual. Nothing it names may be gone or called otherwise. */
const root = join(import.meta.dirname, '..')
const page = readFileSync(join(root, 'docs/manual.md'), 'utf8')
const lines = page.split('\n')
const cells = (line: string) => line.split('|').slice(1, -1)
const rows = lines.filter((line) => line.startsWith('|') && !line.startsWith('|---')).map(cells)
const ticked = (cell: string) =>
  [...cell.matchAll(/(`+)\s?(.+?)\s?\1/g)].map((match) => match[2] ?? '')

const files = new Map(
  rows.flatMap((row) =>
    [row.slice(0, 2), row.slice(2, 4)].flatMap(([name = '', file = '']) => {
      const [path = ''] = ticked(file)
      return path.endsWith('.test.ts') ? [[ticked(name)[0] ?? '', path] as const] : []
    }),
  ),
)
const proofs = rows.flatMap((row) =>
  (row.at(-1) ?? '').split('<br>').flatMap((proof) => {
    const [, file = '', name = ''] = /^\s*`([\w-]+)` › (.+?)\s*$/.exec(proof) ?? []
    return name === '' ? [] : [[file, name] as const]
  }),
)
/** The tables under the heading of section 24: what has keys or an action in it. */
const keyRows = (title: string) => {
  const from = lines.indexOf(`### ${title}`)
  const below = lines.slice(from + 1)
  const to = below.findIndex((line) => line.startsWith('#'))
  const table = below.slice(0, to).filter((line) => line.startsWith('|'))
  return table.slice(2).map(cells)
}
const groups: readonly [title: string, rows: number][] = [
  ['Main functions', 6],
  ['Player', 8],
  ['Modes', 6],
  ['Image operations', 11],
  ['Operations with objects', 18],
  ['Only for tracks', 4],
  ['Attribute annotation mode', 5],
  ["Keys of today's CVAT that the list has not", 5],
]

test.each(groups)('%s has all of the manual’s rows, each with a proof', (title, count) => {
  const table = keyRows(title)
  expect(table).toHaveLength(count)
  for (const row of table) expect(row[3], row[0]).toMatch(/`[\w-]+` › /)
})

test.each([...files])('%s is a file', (_name, path) => {
  expect(existsSync(join(root, path))).toBe(true)
})

test.each(proofs)('%s has a test “%s”', (file, name) => {
  const text = readFileSync(join(root, files.get(file) ?? ''), 'utf8').replaceAll("\\'", "'")
  const isThere = [`'${name}'`, `"${name}"`, `\`${name}\``].some((title) => text.includes(title))
  expect(isThere, `${files.get(file)} has no test “${name}”`).toBe(true)
})

describe('the keys', () => {
  let actions: readonly Action[] = []
  beforeAll(async () => {
    // The typed client takes its address from the page; nothing is called here.
    vi.stubGlobal('window', { location: { origin: 'http://localhost', hash: '' } })
    const { workspaceActions } = await import('#renderer/workspace/actions/index.ts')
    const { appActions } = await import('#renderer/app/actions.ts')
    actions = [...appActions, ...workspaceActions({} as never, () => undefined)]
  })

  test.each(groups.map(([title]) => title))('of %s are bound to the actions named', (title) => {
    for (const [keys = '', , ids = ''] of keyRows(title)) {
      const named = ticked(ids).map((id) => {
        const action = actions.find((one) => one.id === id)
        expect(action, `there is no action ${id}`).toBeDefined()
        return action
      })
      const bound = named.flatMap((action) => (action ? presetKeys('cvat', action) : []))
      for (const key of ticked(keys))
        expect(
          bound.some((other) => sameBinding(parseBinding(other), parseBinding(key))),
          `${key} is none of ${ids}`,
        ).toBe(true)
    }
  })
})
