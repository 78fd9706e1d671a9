import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'

const read = (name: string) =>
  JSON.parse(readFileSync(new URL(`../${name}`, import.meta.url), 'utf8'))

/**
 * An install script may fetch from outside the registry, compile, or ask for Python: on a machine that has all of that nobody
 * notices. `--ignore-scripts`, with which packages are added, hides it as well.
 */
test('every package with an install script is allowed or refused by name', () => {
  const packages: Record<string, { hasInstallScript?: boolean; optional?: boolean }> =
    read('package-lock.json').packages
  const scripted = Object.entries(packages)
    .filter(([, facts]) => facts.hasInstallScript)
    .map(([path]) => path.replace(/^.*node_modules\//, ''))
  const named = Object.keys(read('package.json').allowScripts)
  expect(scripted.length).toBeGreaterThan(0)
  expect(scripted.filter((name) => !named.includes(name))).toEqual([])
})

test('only Node itself runs one', () => {
  const allowed = Object.entries(read('package.json').allowScripts).filter(([, may]) => may)
  expect(allowed.map(([name]) => name)).toEqual(['node'])
})
