import { expect, test } from 'vitest'
import { renderErrors, writtenErrors } from './errors-doc.js'

test('docs/errors.md lists the catalogue (run `npm run docs` when it does not)', () => {
  expect(writtenErrors()).toBe(renderErrors())
})

test('every sentence reads as one, with its parameters in it', () => {
  expect(renderErrors()).not.toMatch(/undefined|\[object/)
})
