import type { FunctionInfo, FunctionKind } from '#shared/domain/function.ts'
import { AppError } from '#shared/errors/app-error.ts'
import { foldName } from '#shared/functions/names.ts'
import type { Client } from './connect.ts'

/**
 * The function a person means: by its id, by what follows the last `/` of it, or by its name, as far as only one is called so.
 * @param kind  where only one kind makes sense: others are then passed over unless they are named by id
 * @throws NOT_FOUND, USAGE when several are called so
 */
export async function findFunction(
  client: Client,
  text: string,
  kind?: FunctionKind,
): Promise<FunctionInfo> {
  const all = await client.functions.list()
  const byId = all.find(({ id }) => id === text)
  if (byId) return byId
  const wanted = all.filter((one) => kind === undefined || one.kind === kind)
  for (const isCalled of [
    ({ id }: FunctionInfo) => id.slice(id.lastIndexOf('/') + 1) === text,
    ({ name }: FunctionInfo) => foldName(name) === foldName(text),
  ]) {
    const [found, ...others] = wanted.filter(isCalled)
    if (found && others.length === 0) return found
    if (found) throw severalCalled(text, [found, ...others])
  }
  throw new AppError('NOT_FOUND', { what: kind ?? 'function', id: text })
}

function severalCalled(text: string, found: readonly FunctionInfo[]): AppError<'USAGE'> {
  const ids = found.map(({ id }) => id).join(', ')
  const problem = `Several functions are called ${text}: ${ids}. Give one of these.`
  return new AppError('USAGE', { problem, help: 'fieldmark function ls' })
}
