import type { AnyContractProcedure } from '@orpc/contract'
import { SmartCoercionPlugin } from '@orpc/json-schema'
import { OpenAPIHandler } from '@orpc/openapi/fetch'
import { type AnyRouter, implement, ORPCError } from '@orpc/server'
import { RPCHandler } from '@orpc/server/fetch'
import { ZodToJsonSchemaConverter } from '@orpc/zod/zod4'
import type { Core } from '#main/core/core.ts'
import { contract } from '#shared/contract/index.ts'
import { withLimitedBody } from './body-limit.ts'
import { type ProblemLog, toProblem, toRpcError } from './problem.ts'

type Procedure = (input: unknown, options: { signal?: AbortSignal }) => Promise<unknown>

/**
 * The contract's procedures on two wires, both delegating to `core.client`: `/rpc` (typed, for our own page and an
 * attached command line) and `/api` (plain REST, for people's scripts). No procedure is named here.
 */
export function createProcedureHandlers(core: Core, log: ProblemLog) {
  const router = delegateTo(core)
  // Two layers (copied per handler, whose plugins add to the lists): the inner one sees the procedure fail, the outer one also the decoding of the request before it.
  const inner = [translating<{ path: readonly string[] }>(({ path }) => path.join('.'), log)]
  const outer = [translating<{ request: { url: URL } }>(({ request }) => request.url.pathname, log)]
  const rpc = new RPCHandler(router, { clientInterceptors: [...inner], interceptors: [...outer] })
  const rest = new OpenAPIHandler(router, {
    clientInterceptors: [...inner],
    interceptors: [...outer],
    plugins: [new SmartCoercionPlugin({ schemaConverters: [new ZodToJsonSchemaConverter()] })],
    customErrorResponseBodyEncoder: (error) => ({ error: error.data }),
  })
  return {
    rpc: (request: Request) => respond(rpc.handle(withLimitedBody(request), { prefix: '/rpc' })),
    rest: (request: Request) => respond(rest.handle(withLimitedBody(request), { prefix: '/api' })),
  }
}

async function respond(handled: Promise<{ response?: Response | undefined }>) {
  return (await handled).response ?? null
}

/** Parsing is the core's: `core.client` names the wrong field, so neither side is checked twice. */
function delegateTo(core: Core): AnyRouter {
  const config = {
    initialInputValidationIndex: Number.NaN,
    initialOutputValidationIndex: Number.NaN,
  }
  const verbs = core.client as unknown as Record<string, Record<string, Procedure>>
  const nouns = contract as unknown as Record<string, Record<string, AnyContractProcedure>>
  return mapEntries(nouns, (noun, procedures) =>
    mapEntries(procedures, (verb, procedure) =>
      implement(procedure, config).handler(({ input, signal }) =>
        verbs[noun]?.[verb]?.(input, signal ? { signal } : {}),
      ),
    ),
  )
}

function mapEntries<T, U>(record: Record<string, T>, map: (key: string, value: T) => U) {
  return Object.fromEntries(Object.entries(record).map(([key, value]) => [key, map(key, value)]))
}

/** Turns whatever was thrown into the wire's error, once: what is translated already passes through. */
function translating<O>(where: (options: O) => string, log: ProblemLog) {
  return async <R>(options: O & { next(): R }): Promise<Awaited<R>> => {
    try {
      return await options.next()
    } catch (error) {
      if (error instanceof ORPCError && translated.has(error)) throw error
      const wire = toRpcError(toProblem(error, where(options), log))
      translated.add(wire)
      throw wire
    }
  }
}

const translated = new WeakSet<object>()
