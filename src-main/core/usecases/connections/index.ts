import type { Deps, Usecases } from '../../usecase.ts'

/** Places that functions are called at over the network, and what was sent there. */
export function connectionUsecases({ connections, store }: Deps): Usecases['connections'] {
  return {
    list: () => connections.list(),
    defaults: () => connections.defaults(),
    save: (connection) => connections.save(connection),
    remove: async ({ id }) => {
      await connections.remove(id)
      return { id }
    },
    test: (connection) => connections.test(connection),
    log: ({ limit }) => store.networkLog.newest(limit),
  }
}
