import { createORPCClient } from '@orpc/client'
import { RPCLink } from '@orpc/client/fetch'
import type { ContractRouterClient } from '@orpc/contract'
import type { Contract } from '#shared/contract/index.ts'

/**
 * The typed door to the core: same origin in both shells (`app://fieldmark` or the loopback server), so the page never
 * asks which shell it is in.
 */
export const client: ContractRouterClient<Contract> = createORPCClient(
  new RPCLink({ url: new URL('/rpc', window.location.origin).href }),
)
