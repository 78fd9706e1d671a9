import { expect, test } from 'vitest'
import { AppError } from './app-error.ts'
import { sayable } from './sayable.ts'

test.each([
  ['plain text stays', 'größe 車 "x"\n\tä', 'größe 車 "x"\n\tä'],
  ['what a terminal would obey', 'a\u001b[2Jb\u0000', 'a\\u001b[2Jb\\u0000'],
  ['what turns text around', 'x\u202egnp.exe', 'x\\u202egnp.exe'],
])('%s', (_name, text, said) => {
  expect(sayable(text)).toBe(said)
})

test('of megabytes, the beginning and the end are told', () => {
  const said = sayable(`first ${'x'.repeat(2 ** 22)} last`)
  expect(said.length).toBeLessThan(2000)
  expect(said).toMatch(/^first x+ … x+ last$/)
})

test('of nothing but control characters, too', () => {
  expect(sayable('\0'.repeat(5000)).length).toBeLessThan(2000)
})

test('a pair of surrogates that is cut in two does not stay', () => {
  const said = sayable(`x${'😀'.repeat(2000)}`)
  expect(said.isWellFormed()).toBe(true)
})

test('errors keep what they were given and say what can be said', () => {
  const path = `/a/${'b'.repeat(10_000)}\u0007.png`
  const error = new AppError('MEDIA_NOT_FOUND', { path })
  expect(error.params.path).toBe(path)
  expect(error.message).toMatch(/^\/a\/b+ … b+\\u0007\.png does not exist/)
  expect(error.message.length).toBeLessThan(2100)
})
