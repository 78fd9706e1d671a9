import type { ContractRouterClient } from '@orpc/contract'
import type { Core } from '#main/core/core.ts'
import type { FrameBytes } from '#main/core/ports.ts'
import type { Contract } from '#shared/contract/index.ts'
import type { TaskId } from '#shared/domain/ids.ts'
import { AppError } from '#shared/errors/app-error.ts'
import { attach } from './attach.ts'

export type Client = ContractRouterClient<Contract>
export type SavedQuality = 'original' | 'compressed'

/** The core, wherever it runs. Commands never ask which of the two it is. */
export interface Connection {
  readonly client: Client
  /** The page of the instance we attached to, its token included; null when the core runs in this process. */
  readonly attachedUrl: string | null
  readonly core: Core | null
  frame(taskId: TaskId, index: number, quality: SavedQuality): Promise<FrameBytes>
  close(): Promise<void>
}

/** A short command of another terminal lets go soon; a window or a server publishes its address instead. */
const BUSY_PATIENCE_MS = 5000
const BUSY_PAUSE_MS = 100

/**
 * Attach to the Fieldmark that holds the data directory, or become it. One process owns the database at a time.
 * @throws DATA_DIR_BUSY when another process holds it and publishes no address; DATA_DIR_READ_ONLY; DATABASE_*
 */
export async function connect(where: { dataDir: string; what: string }): Promise<Connection> {
  const deadline = Date.now() + BUSY_PATIENCE_MS
  for (;;) {
    const attached = await attach(where.dataDir)
    if (attached) return attached
    try {
      return await own(where)
    } catch (error) {
      const busy = error instanceof AppError && error.code === 'DATA_DIR_BUSY'
      if (!busy || Date.now() > deadline) throw error
      await new Promise((resolve) => setTimeout(resolve, BUSY_PAUSE_MS))
    }
  }
}

async function own(where: { dataDir: string; what: string }): Promise<Connection> {
  // Imported late: `--help` and wrong usage should not load a database, an image library and a video decoder.
  const { composeCore } = await import('#main/core/compose.ts')
  const core = await composeCore(where)
  return {
    client: core.client,
    attachedUrl: null,
    core,
    frame: (taskId, index, quality) => core.frameBytes(taskId, index, quality),
    close: () => core.close(),
  }
}
