import { homedir } from 'node:os'
import { join, resolve } from 'node:path'

export interface DataDirQuestion {
  /** What `--data-dir` said. */
  readonly option: string | undefined
  readonly env: Readonly<Record<string, string | undefined>>
  readonly platform: NodeJS.Platform
  readonly cwd: string
}

/**
 * Where everything Fieldmark keeps lives: `--data-dir`, else `FIELDMARK_HOME`, else the platform's app-data folder.
 * @returns an absolute path; nothing is created
 */
export function chooseDataDir({ option, env, platform, cwd }: DataDirQuestion): string {
  const named = option ?? env.FIELDMARK_HOME
  if (named !== undefined && named !== '') return resolve(cwd, named)
  return join(appDataFolder(env, platform), platform === 'linux' ? 'fieldmark' : 'Fieldmark')
}

function appDataFolder(env: DataDirQuestion['env'], platform: NodeJS.Platform): string {
  const home = env.HOME || env.USERPROFILE || homedir()
  if (platform === 'win32') return env.APPDATA || join(home, 'AppData', 'Roaming')
  if (platform === 'darwin') return join(home, 'Library', 'Application Support')
  return env.XDG_DATA_HOME || join(home, '.local', 'share')
}
