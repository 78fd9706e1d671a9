import type { FunctionId, FunctionInfo, FunctionKind } from '#shared/domain/function.ts'
import { AppError } from '#shared/errors/app-error.ts'
import type { FunctionProvider, Functions } from '../ports.ts'

/** All providers as one: a function is asked of whoever its id names. */
export function createFunctions(providers: readonly FunctionProvider[]): Functions {
  function providerOf(id: FunctionId): FunctionProvider {
    const name = id.slice(0, id.indexOf('/'))
    const found = providers.find(({ provider }) => provider === name)
    if (!found) throw new AppError('NOT_FOUND', { what: 'function', id })
    return found
  }

  async function get(id: FunctionId, kind?: FunctionKind): Promise<FunctionInfo> {
    const provider = providerOf(id)
    const info = (await provider.list()).find((one) => one.id === id)
    if (!info)
      throw provider.whyMissing?.(id) ?? new AppError('NOT_FOUND', { what: 'function', id })
    if (kind && info.kind !== kind)
      throw new AppError('FUNCTION_WRONG_KIND', { id, kind: info.kind, wanted: kind })
    return info
  }

  async function callable(id: FunctionId, kind: FunctionKind): Promise<FunctionProvider> {
    await get(id, kind)
    return providerOf(id)
  }

  return {
    get,
    async list() {
      return (await Promise.all(providers.map((one) => one.list()))).flat()
    },
    detect: async (id, ...rest) => (await callable(id, 'detector')).detect(id, ...rest),
    prepare: async (id, ...rest) => (await callable(id, 'interactor')).prepare(id, ...rest),
    interact: async (id, ...rest) => (await callable(id, 'interactor')).interact(id, ...rest),
    begin: async (id, ...rest) => (await callable(id, 'tracker')).begin(id, ...rest),
    update: async (id, ...rest) => (await callable(id, 'tracker')).update(id, ...rest),
    match: async (id, ...rest) => (await callable(id, 'reid')).match(id, ...rest),
    async close() {
      await Promise.all(providers.map((one) => one.close()))
    },
  }
}
