import { resolve } from 'node:path'
import { app } from 'electron'
import { chooseDataDir } from '#main/cli/data-dir.ts'

export interface Arguments {
  readonly dataDir: string
  /** Absolute paths of what to open. */
  readonly paths: readonly string[]
}

/**
 * `fieldmark [--data-dir DIR] [PATH...]`. Chromium's switches stand among our arguments, and an app that is not packed
 * has its own folder there too; both are passed over.
 */
export function readArguments(argv: readonly string[], cwd: string): Arguments {
  const paths: string[] = []
  let option: string | undefined
  const given = argv.slice(1)
  for (let i = 0; i < given.length; i += 1) {
    const argument = given[i] ?? ''
    if (argument === '--data-dir') {
      i += 1
      option = given[i]
    } else if (argument.startsWith('--data-dir=')) option = argument.slice('--data-dir='.length)
    else if (!argument.startsWith('-') && !isApp(argument, cwd)) paths.push(resolve(cwd, argument))
  }
  const { env, platform } = process
  return { dataDir: chooseDataDir({ option, env, platform, cwd }), paths }
}

function isApp(argument: string, cwd: string): boolean {
  const path = resolve(cwd, argument)
  return !app.isPackaged && (path === app.getAppPath() || path.endsWith('electron.js'))
}
