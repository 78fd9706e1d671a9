import { useDebouncedValue } from '@mantine/hooks'
import { keepPreviousData, useMutation, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { client } from '#renderer/state/client.ts'
import { problemOf } from '#renderer/state/problems.ts'
import type { Bulk, BulkPreview } from '#shared/domain/bulk.ts'
import type { Bench } from '../../bench/bench.ts'
import { useBench } from '../../bench/context.ts'

/** Long enough for a digit or a letter more. */
const PAUSE_MS = 160

let opened = 0

/** What a bulk action would do, asked again whenever it changes; null = it is not complete yet. */
export function useBulkPreview(bulk: Bulk | null) {
  const bench = useBench()
  // Asked afresh by every dialog: annotations have changed since the last one.
  const [dialog] = useState(() => opened++)
  const text = bulk && JSON.stringify(bulk)
  const [settled] = useDebouncedValue(text, PAUSE_MS)
  const query = useQuery({
    queryKey: ['bulk-preview', bench.taskId, dialog, settled],
    queryFn: () => preview(bench, JSON.parse(settled ?? 'null') as Bulk),
    enabled: settled !== null,
    placeholderData: keepPreviousData,
    gcTime: 0,
    retry: false,
  })
  const isCurrent = text !== null && text === settled && !query.isPlaceholderData
  const problem = query.error ? problemOf(query.error) : null
  return {
    preview: text === null ? null : (query.data ?? null),
    /** The preview is of what the form says now, not of what it said a moment ago. */
    isCurrent: isCurrent && query.isSuccess,
    // Overtaken by a newer one: no news to anybody.
    problem: problem?.code === 'CANCELLED' ? null : problem,
  }
}

/** The core counts what it has: edits that are still here go first. */
async function preview(bench: Bench, bulk: Bulk): Promise<BulkPreview> {
  await bench.document.outbox.flush()
  return client.annotations.preview({ taskId: bench.taskId, ...bulk })
}

/** Start it. A small one answers with its report, a large one with its request. */
export function useBulkRun() {
  const bench = useBench()
  return useMutation({
    mutationFn: async (bulk: Bulk) => {
      await bench.document.outbox.flush()
      return client.annotations.run({ taskId: bench.taskId, ...bulk })
    },
  })
}
