import { execFileSync } from 'node:child_process'

/** A Python of this machine that can import all of these; null where there is none, and the test says that it is skipped. */
export function pythonWith(...modules: readonly string[]): string | null {
  const question = [
    'import sys',
    ...modules.map((name) => `import ${name}`),
    'assert sys.version_info >= (3, 7)',
  ]
  for (const path of ['python3', '/usr/bin/python3', 'python']) {
    try {
      execFileSync(path, ['-c', question.join('\n')], { stdio: 'ignore', timeout: 60_000 })
      return path
    } catch {
      // Not there, too old, or without them: the next one.
    }
  }
  return null
}
