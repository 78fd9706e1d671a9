import { useMemo } from 'react'
import type { Action } from '#renderer/state/actions.ts'
import { workspaceActions } from '#renderer/workspace/actions/index.ts'
import type { Bench } from '#renderer/workspace/bench/bench.ts'
import { useActions } from './use-actions.ts'

/**
 * Every action there is, for lists of keys: those in force, and those of the workspace also while none is open. Only ids,
 * groups and keys of the latter may be read: there is no bench that they could run on.
 */
export function useEveryAction(): readonly Action[] {
  const registered = useActions()
  return useMemo(() => {
    if (registered.some((action) => action.scope === 'workspace')) return registered
    return [...registered, ...workspaceActions({} as Bench, () => undefined)]
  }, [registered])
}
