import { useQuery } from '@tanstack/react-query'
import type { FunctionInfo, FunctionKind, ParameterValues } from '#shared/domain/function.ts'
import type { AiSettings } from './ai-settings.ts'
import { orpc, queryClient } from './queries.ts'
import { setSettings, useSettings } from './settings.ts'

const options = () => orpc.functions.list.queryOptions()

export interface KnownFunctions {
  readonly functions: readonly FunctionInfo[]
  /** false until the core has answered. */
  readonly isKnown: boolean
  readonly error: unknown
}

/** What there is of a kind, by whoever provides it. */
export function useFunctions(kind: FunctionKind): KnownFunctions {
  const { data, error, isSuccess } = useQuery(options())
  return {
    functions: (data ?? []).filter((one) => one.kind === kind),
    isKnown: isSuccess,
    error,
  }
}

/** Models may have come or gone while nobody looked. */
export function askAgain(): void {
  void queryClient.invalidateQueries({ queryKey: orpc.functions.list.key() })
}

/** The one remembered, else the first that can be called. */
export function inForce(
  functions: readonly FunctionInfo[],
  remembered: string | null,
): FunctionInfo | null {
  const known = functions.find(({ id }) => id === remembered)
  return known ?? functions.find(({ state }) => state !== 'failed') ?? functions[0] ?? null
}

/** OpenCV's own interactors have a card of their own, as in CVAT. */
export const isOpenCv = ({ provider }: FunctionInfo): boolean => provider === 'opencv'

/** Outside React. @throws what the core answers */
export async function knownFunctions(kind: FunctionKind): Promise<FunctionInfo[]> {
  const all = await queryClient.ensureQueryData(options())
  return all.filter((one) => one.kind === kind)
}

export const useAi = <T>(select: (ai: AiSettings) => T): T => useSettings(({ ai }) => select(ai))

export const aiSettings = (): AiSettings => useSettings.getState().ai

export function setAi(change: Partial<AiSettings>): void {
  setSettings({ ai: { ...aiSettings(), ...change } })
}

/** What a function is run with: its own values, and over them what a person has set. */
export function parametersOf({ id, parameters }: FunctionInfo): ParameterValues {
  const own = Object.fromEntries(parameters.map((one) => [one.name, one.defaultValue]))
  const set = aiSettings().parameters[id] ?? {}
  const known = Object.entries(set).filter(([name]) => name in own)
  return { ...own, ...Object.fromEntries(known) }
}

export function setParameter(id: string, name: string, value: number | boolean | string): void {
  const { parameters } = aiSettings()
  setAi({ parameters: { ...parameters, [id]: { ...parameters[id], [name]: value } } })
}
