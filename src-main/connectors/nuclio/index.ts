import type {
  ConnectionRepository,
  Connections,
  FunctionProvider,
  NetworkLog,
} from '#main/core/ports.ts'
import type { Connection } from '#shared/contract/connections.ts'
import type { Environment } from './environment.ts'
import { createKeeper } from './keeper.ts'
import { createListings } from './listings.ts'
import { createProvider, type ProviderParts } from './provider.ts'
import { basicAuth, createSecrets } from './secrets.ts'
import { createNetwork } from './transport/network.ts'

export interface NuclioOptions
  extends Pick<ProviderParts, 'busyPausesMs' | 'mostStateBytes' | 'decoder'> {
  readonly repository: ConnectionRepository
  readonly log: NetworkLog
  /** A file for passwords, made when there is one. */
  readonly secretsPath: string
  /** Of CVAT's variables (`CVAT_NUCLIO_*`): what new connections start from. */
  readonly env: Environment
}

/** Functions that Nuclio runs, on this machine or another one. Nothing is sent before a connection is made and switched on. */
export function createNuclio(options: NuclioOptions): {
  readonly provider: FunctionProvider
  readonly connections: Connections
} {
  const { repository, log, secretsPath, env } = options
  const secrets = createSecrets(secretsPath)
  const network = createNetwork(log)

  /** A password goes to the address it was given for, and not to the ports beside it. */
  async function headersFor(connection: Connection, url: URL): Promise<Record<string, string>> {
    const secret = await secrets.get(connection.id)
    return secret?.origin === url.origin ? { authorization: basicAuth(secret) } : {}
  }

  const listings = createListings({ network, repository, headersFor })
  return {
    provider: createProvider({ ...options, listings, network, headersFor }),
    connections: createKeeper({ repository, secrets, network, log, env }),
  }
}
