import { useQuery } from '@tanstack/react-query'
import { aiSettings } from '#renderer/state/known-functions.ts'
import { orpc, queryClient } from '#renderer/state/queries.ts'
import type { TrackerInfo } from '#shared/contract/trackers.ts'

/** What can follow objects on this machine, and which of it is in hand. */
export function useTrackers(): readonly TrackerInfo[] {
  return useQuery(orpc.trackers.list.queryOptions()).data ?? []
}

/** The one chosen, else the first; null where there is none. */
export async function trackerInForce(): Promise<TrackerInfo | null> {
  const trackers = await queryClient.ensureQueryData(orpc.trackers.list.queryOptions())
  return trackers.find(({ id }) => id === aiSettings().tracker) ?? trackers[0] ?? null
}
