import { execFile } from 'node:child_process'
import { stat } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { AppError } from '#shared/errors/app-error.ts'

const run = promisify(execFile)

export interface Python {
  /** Absolute. */
  readonly path: string
  readonly version: string
}

const QUESTION = 'import sys; print(sys.executable); print("%d.%d.%d" % sys.version_info[:3])'
const PATIENCE_MS = 30_000

/**
 * A Python that can run functions: the one asked for, else that of a virtual environment in the function's folder, else the
 * system's.
 * @throws PYTHON_MISSING
 */
export async function findPython(
  wanted: string | undefined,
  folders: readonly string[],
  platform: NodeJS.Platform = process.platform,
): Promise<Python> {
  const candidates = wanted === undefined ? await usual(folders, platform) : [wanted]
  const problems: string[] = []
  for (const candidate of candidates) {
    const found = await ask(candidate)
    if (typeof found !== 'string') return found
    problems.push(`${candidate} ${found}`)
  }
  throw new AppError('PYTHON_MISSING', { detail: problems.join(', ') })
}

async function usual(folders: readonly string[], platform: NodeJS.Platform): Promise<string[]> {
  const isWindows = platform === 'win32'
  const inside = isWindows ? ['Scripts', 'python.exe'] : ['bin', 'python3']
  const environments = folders.flatMap((folder) =>
    ['.venv', 'venv'].map((name) => join(folder, name, ...inside)),
  )
  const there = await Promise.all(
    environments.map(async (path) => ((await stat(path).catch(() => null))?.isFile() ? path : '')),
  )
  return [
    ...there.filter((path) => path !== ''),
    ...(isWindows ? ['python', 'py'] : ['python3', 'python']),
  ]
}

/** @returns why not, a clause, where it cannot be used */
async function ask(candidate: string): Promise<Python | string> {
  try {
    const { stdout } = await run(candidate, ['-c', QUESTION], { timeout: PATIENCE_MS })
    const [path = '', version = ''] = stdout.trim().split(/\r?\n/)
    const [major = 0, minor = 0] = version.split('.').map(Number)
    return major === 3 && minor >= 7 ? { path, version } : `is Python ${version || '2'}`
  } catch (error) {
    const missing = error instanceof Error && 'code' in error && error.code === 'ENOENT'
    return missing ? 'is not there' : 'does not run'
  }
}
