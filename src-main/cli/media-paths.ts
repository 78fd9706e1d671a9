import { existsSync } from 'node:fs'
import { resolve } from 'node:path'
import { AppError } from '#shared/errors/app-error.ts'

/** Words the older command line wanted before the paths. */
const RESOURCE_TYPES = ['local', 'share', 'remote']

/**
 * Paths as typed made absolute: the core may run in another process, with another working directory.
 * A leading `local` or `share`, as scripts for a server write it, is dropped unless something is really called that.
 * @throws INPUT_INVALID for addresses on the net: nothing is fetched
 */
export function mediaPaths(typed: readonly string[], cwd: string): string[] {
  const [first = ''] = typed
  const worded =
    typed.length > 1 && RESOURCE_TYPES.includes(first) && !existsSync(resolve(cwd, first))
  return (worded ? typed.slice(1) : typed).map((path) => {
    if (/^https?:\/\//i.test(path)) {
      const problem = 'it is an address on the net, and Fieldmark opens files of this machine only'
      throw new AppError('INPUT_INVALID', { where: path, problem })
    }
    return resolve(cwd, path)
  })
}
