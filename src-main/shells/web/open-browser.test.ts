import { chmod, mkdtemp, readFile, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { openBrowser } from './open-browser.ts'

async function machineWith(script: string | null) {
  const folder = await mkdtemp(join(tmpdir(), 'fieldmark-path-'))
  if (script !== null) {
    await writeFile(join(folder, 'chromium'), script)
    await chmod(join(folder, 'chromium'), 0o755)
  }
  const lines: string[] = []
  const tell = (line: string) => void lines.push(line)
  const env = { PATH: folder, DISPLAY: ':0' }
  return { folder, lines, options: { dataDir: folder, env, tell, platform: 'linux' as const } }
}

test('an app window with a profile in the data directory, where there is a Chromium', async () => {
  const { folder, lines, options } = await machineWith('')
  await writeFile(join(folder, 'chromium'), `#!/bin/sh\necho "$@" > ${folder}/said\n`)
  expect(await openBrowser('http://127.0.0.1:1/', options)).toBe(join(folder, 'chromium'))
  const said = () => readFile(join(folder, 'said'), 'utf8').catch(() => '')
  await expect.poll(said).toContain(`--app=http://127.0.0.1:1/ --user-data-dir=${folder}/browser`)
  expect(lines).toEqual([expect.stringContaining('window of its own')])
})

test.each([
  ['there is no browser', null, ':0'],
  ['the browser does not start', '#!/no/such/interpreter\n', ':0'],
  ['the browser gives up at once', '#!/bin/sh\nexit 1\n', ':0'],
  ['there is no display', '#!/bin/sh\n', ''],
])('only the address when %s', async (_name, script, display) => {
  const { lines, options } = await machineWith(script)
  const env = { ...options.env, DISPLAY: display }
  expect(await openBrowser('http://127.0.0.1:1/', { ...options, env })).toBeNull()
  expect(lines).toEqual([expect.stringContaining('Open this address in a browser')])
})
