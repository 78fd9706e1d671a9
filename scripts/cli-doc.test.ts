import { expect, test } from 'vitest'
import { renderCli, writtenCli } from './cli-doc.js'

test('docs/cli.md and the man page say what the command line takes (run `npm run docs` when not)', () => {
  expect(writtenCli()).toEqual(renderCli())
})

test('no definition reads as code', () => {
  const { reference, man } = renderCli()
  expect(reference).not.toMatch(/undefined|\[object/)
  expect(man).not.toMatch(/undefined|\[object/)
})
