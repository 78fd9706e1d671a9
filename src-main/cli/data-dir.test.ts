import { expect, test } from 'vitest'
import { chooseDataDir } from './data-dir.ts'

const cwd = '/work'
test.each([
  ['the option wins', 'mine', { FIELDMARK_HOME: '/env' }, 'linux', '/work/mine'],
  ['then the environment', undefined, { FIELDMARK_HOME: '/env' }, 'linux', '/env'],
  ['then XDG', undefined, { HOME: '/h', XDG_DATA_HOME: '/x' }, 'linux', '/x/fieldmark'],
  ['then its default', undefined, { HOME: '/h' }, 'linux', '/h/.local/share/fieldmark'],
  ['macOS', undefined, { HOME: '/h' }, 'darwin', '/h/Library/Application Support/Fieldmark'],
  ['Windows', undefined, { APPDATA: '/roaming' }, 'win32', '/roaming/Fieldmark'],
] as const)('%s', (_name, option, env, platform, expected) => {
  const chosen = chooseDataDir({ option, env, platform, cwd })
  // Run on Windows, the same answers carry a drive letter and backslashes.
  expect(chosen.replace(/^[A-Z]:/, '').replaceAll('\\', '/')).toBe(expected)
})
