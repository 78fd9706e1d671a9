import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'
import { languages as offered } from '#renderer/state/languages.ts'
import { languages, namespaces, placeholders, problemsOf, wantedKeys } from './locales.js'

test('every folder of resources/locales is a language people can choose', () => {
  expect(['en', ...languages()].sort()).toEqual([...offered].sort())
})

describe.each(languages())('the catalogue of %s', (language) => {
  test.each(namespaces())('says in %s what the English one says', (namespace) => {
    expect(problemsOf(language, namespace)).toEqual([])
  })

  test('is a chunk of its own', () => {
    const path = new URL(`../src-renderer/app/catalogues/${language}.ts`, import.meta.url)
    expect(readFileSync(fileURLToPath(path), 'utf8')).toContain(`locales/${language}/*.json`)
  })
})

test('plurals are those of the language, not of English', () => {
  const english = { frames_one: '{{n}} frame', frames_other: '{{n}} frames', none_zero: 'none' }
  const keys = (language: string) => [...wantedKeys(english, language).keys()]
  expect(keys('zh-CN')).toEqual(['frames_other', 'none_zero'])
  expect(keys('fr')).toEqual(['frames_one', 'frames_many', 'frames_other', 'none_zero'])
})

test('placeholders are found however they are spaced', () => {
  expect(placeholders('{{ b }} and {{a}}')).toEqual(['a', 'b'])
})
