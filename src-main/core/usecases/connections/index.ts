import type { Deps, Usecases } from '../../usecase.ts'

/** Places that functions are called at over the network, and what was sent there. */
export function connectionUsecases({ connections, events, store }: Deps): Usecases['connections'] {
  return {
    list: () => connections.list(),
    defaults: () => connections.defaults(),
    save: async (connection) => {
      const saved = await connections.save(connection)
      events.publish({ type: 'functions' })
      return saved
    },
    remove: async ({ id }) => {
      await connections.remove(id)
      events.publish({ type: 'functions' })
      return { id }
    },
    test: (connection, caller) => connections.test(connection, caller?.signal),
    log: ({ limit }) => store.networkLog.newest(limit),
  }
}
