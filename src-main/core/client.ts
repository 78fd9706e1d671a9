import type { ContractRouterClient } from '@orpc/contract'
import type { ZodType } from 'zod'
import { type Contract, contract } from '#shared/contract/index.ts'
import { AppError } from '#shared/errors/app-error.ts'
import type { Caller, Usecases } from './usecase.ts'

interface ProcedureLike {
  readonly '~orpc': { readonly inputSchema?: ZodType }
}

type Called = (input: unknown, caller: Caller) => unknown

/**
 * The contract's client over use-cases in this process: parses the input as the contract says (so that defaults are
 * filled and a wrong field is named), then calls the use-case of the same name.
 */
export function createLocalClient(usecases: Usecases): ContractRouterClient<Contract> {
  const nouns = contract as unknown as Record<string, Record<string, ProcedureLike>>
  const verbs = usecases as unknown as Record<string, Record<string, Called>>
  const client = mapEntries(nouns, (noun, procedures) =>
    mapEntries(procedures, (verb, procedure) => async (input: unknown, caller: Caller = {}) => {
      const usecase = verbs[noun]?.[verb]
      if (!usecase) throw new AppError('NOT_FOUND', { what: 'procedure', id: `${noun}.${verb}` })
      const { signal } = caller
      const parsed = parseInput(procedure['~orpc'].inputSchema, input, `${noun}.${verb}`)
      return usecase(parsed, signal ? { signal } : {})
    }),
  )
  return client as unknown as ContractRouterClient<Contract>
}

/** @throws INPUT_INVALID naming the first wrong field */
function parseInput(schema: ZodType | undefined, input: unknown, where: string): unknown {
  if (!schema) return undefined
  const parsed = schema.safeParse(input)
  if (parsed.success) return parsed.data
  const issue = parsed.error.issues[0]
  const field = issue?.path.length ? issue.path.map(String).join('.') : where
  throw new AppError('INPUT_INVALID', {
    where: field,
    problem: (issue?.message ?? 'not as the contract says').replace(/\.$/, ''),
  })
}

function mapEntries<T, U>(record: Record<string, T>, map: (key: string, value: T) => U) {
  return Object.fromEntries(Object.entries(record).map(([key, value]) => [key, map(key, value)]))
}
