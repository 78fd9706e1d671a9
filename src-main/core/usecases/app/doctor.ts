import { statfs } from 'node:fs/promises'
import { arch, platform, release } from 'node:os'
import type { Deps } from '../../usecase.ts'

interface Check {
  readonly name: string
  readonly ok: boolean
  readonly detail: string
  readonly remedy: string | null
}

const LOW_SPACE_BYTES = 1024 ** 3

/** Look at everything the core stands on: one line each, with what to do where it is not well. */
export async function runDoctor(deps: Deps): Promise<{ ok: boolean; checks: Check[] }> {
  const checks = [
    well('fieldmark', `${deps.version} on ${platform()} ${release()} ${arch()}`),
    well('runtime', `Node ${process.versions.node}${electronVersion()}`),
    databaseCheck(deps),
    await diskCheck(deps.dataDir),
    await moduleCheck('sharp (images)', async () => {
      const { default: sharp } = await import('sharp')
      return `libvips ${sharp.versions.vips}`
    }),
    await moduleCheck('node-av (video, odd images)', async () => {
      const { getFFmpegInfo } = await import('node-av/lib')
      return `FFmpeg ${getFFmpegInfo().version}`
    }),
  ]
  return { ok: checks.every((check) => check.ok), checks }
}

const well = (name: string, detail: string): Check => ({ name, ok: true, detail, remedy: null })

function electronVersion(): string {
  const version = process.versions.electron
  return version ? `, Electron ${version}` : ''
}

function databaseCheck({ store, dataDir }: Deps): Check {
  const problem = store.check()
  if (problem === null) {
    return well('database', `schema ${store.schemaVersion}, quick_check ok, in ${dataDir}`)
  }
  const remedy = 'Copy the newest file of the backups folder over fieldmark.db.'
  return { name: 'database', ok: false, detail: problem, remedy }
}

async function diskCheck(dataDir: string): Promise<Check> {
  const disk = await statfs(dataDir)
  const free = disk.bavail * disk.bsize
  const detail = `${(free / 1024 ** 3).toFixed(1)} GiB free`
  if (free > LOW_SPACE_BYTES) return well('disk', detail)
  const remedy = 'Free some space; the cache folder of the data directory is safe to delete.'
  return { name: 'disk', ok: false, detail, remedy }
}

async function moduleCheck(name: string, load: () => Promise<string>): Promise<Check> {
  try {
    return well(name, await load())
  } catch (error) {
    const detail = error instanceof Error ? error.message : String(error)
    return { name, ok: false, detail, remedy: 'Run `npm install` again in a clean checkout.' }
  }
}
