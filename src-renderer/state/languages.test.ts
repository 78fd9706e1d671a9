import { expect, test } from 'vitest'
import { bestLanguage } from './languages.ts'

test.each([
  [['de-AT', 'en'], 'de'],
  [['pt-BR', 'es-419'], 'es'],
  [['zh-cn'], 'zh-CN'],
  [['zh-TW'], 'zh-CN'],
  [['EN-us'], 'en'],
  [['xx'], 'en'],
  [[], 'en'],
])('someone who reads %j gets %s', (wanted, language) => {
  expect(bestLanguage(wanted)).toBe(language)
})
