import { createHash } from 'node:crypto'
import { availableParallelism, totalmem } from 'node:os'
import type { ModelPack, RgbPicture } from '../../core/ports.ts'
import { startWorker } from '../../threads.ts'
import { createLane, type Lane, type LaneAnswer } from './lane.ts'
import { createMemoryLedger, loadedBytes } from './memory-ledger.ts'
import { embeddingsOf } from './pack-names.ts'
import type { InferenceSettings, InferenceVerb, InferenceVerbs, PackOrder } from './protocol.ts'

/** In a checkout Node runs the TypeScript itself; a bundle has `inference-thread.js` beside it. */
const THREAD_URL = new URL(
  import.meta.url.endsWith('.ts') ? './inference-thread.ts' : './inference-thread.js',
  import.meta.url,
)

export type LaneName = 'now' | 'batch'

export interface InferenceCall<V extends InferenceVerb> {
  readonly verb: V
  readonly ask: InferenceVerbs[V]['ask']
  /** Read shortly before it is its turn; null where the verb needs none. */
  readonly picture: (() => Promise<RgbPicture>) | null
  readonly lane: LaneName
  /** See `LaneAnswer`: only it can answer. */
  readonly thread?: string
  readonly signal?: AbortSignal | undefined
  /** An execution provider of ONNX Runtime. */
  readonly executionProvider: string
}

/** Models, loaded and run on threads of their own. */
export interface Inference {
  /** @throws MODEL_*, FUNCTION_*, CANCELLED, and what reading the picture throws */
  call<V extends InferenceVerb>(
    pack: ModelPack,
    call: InferenceCall<V>,
  ): Promise<LaneAnswer<InferenceVerbs[V]['answer']>>
  /** Whether the thread that answered still lives, with what it keeps. */
  hasThread(name: string): boolean
  /** Let a pack go, wherever it is loaded: its files are about to change. */
  forget(packId: string): void
  /** Bytes. */
  memory(): { readonly limit: number; readonly used: number }
  setMemoryLimit(bytes: number): void
  close(): void
}

export interface InferenceOptions {
  /** Folder of embeddings. */
  readonly embeddingsDir: string
  /** Bytes of all models together; a quarter of the machine's memory unless given. */
  readonly memoryLimit?: number
  readonly patienceSeconds?: number
}

export const defaultMemoryLimit = () => Math.round(totalmem() / 4)

/** A run that takes longer will not end: the largest encoders take some 30 seconds on a slow processor. */
const PATIENCE_SECONDS = 120
/** The largest encoders end within it: then the thread keeps what it has loaded, and nothing is loaded twice. */
const GRACE_SECONDS = 30
/** A model that takes more than this share of the memory is loaded once a lane. */
const LARGE_SHARE = 1 / 8
/** Threads gain nothing beyond it at the sizes of pictures. */
const MOST_THREADS = 16

/**
 * How many threads a run takes. `now`: all cores that are not only the second half of another (ONNX Runtime gains nothing from
 * those). `batch` has two threads with half of them each: one prepares pictures and reads outputs while the other one's net runs.
 */
function parallelism(cores = availableParallelism()): {
  now: number
  batch: number
  lanes: number
} {
  const now = Math.min(MOST_THREADS, cores > 4 ? Math.ceil(cores / 2) : cores)
  return { now, batch: Math.max(1, Math.floor(now / 2)), lanes: cores > 1 ? 2 : 1 }
}

export function createInference(options: InferenceOptions): Inference {
  const ledger = createMemoryLedger(options.memoryLimit ?? defaultMemoryLimit())
  const threads = parallelism()
  const orders = new Map<string, { readonly packId: string; readonly order: PackOrder }>()
  const lanes: Record<LaneName, Lane> = { now: lane('now', 1), batch: lane('batch', threads.lanes) }

  function lane(name: LaneName, count: number): Lane {
    return createLane({
      ...{ name, threads: count, ledger },
      patienceSeconds: options.patienceSeconds ?? PATIENCE_SECONDS,
      graceSeconds: GRACE_SECONDS,
      start(thread) {
        const { embeddingsDir } = options
        const workerData: InferenceSettings = { name: thread, embeddingsDir }
        return startWorker(THREAD_URL, { workerData })
      },
      isBusy: (thread, key) => Object.values(lanes).some((one) => one.isBusy(thread, key)),
      forget: (thread, key) => laneOf(thread).forget(thread, key),
    })
  }

  const laneOf = (thread: string) => (thread.startsWith('now') ? lanes.now : lanes.batch)
  const isLarge = (pack: ModelPack) => loadedBytes(pack.sizeBytes) > ledger.limit * LARGE_SHARE

  function orderOf(pack: ModelPack, name: LaneName, executionProvider: string): PackOrder {
    const count = name === 'now' || isLarge(pack) ? threads.now : threads.batch
    const { id, folder, manifest } = pack
    const facts = [id, folder, pack.stamp, manifest, executionProvider, count]
    const key = createHash('sha256').update(JSON.stringify(facts)).digest('hex')
    const known = orders.get(key)
    if (known) return known.order
    const order = {
      // What people know it by: one that is only tried has no name of its own yet.
      ...{ key, id: manifest.id, folder, manifest, executionProvider, threads: count },
      embeddings: embeddingsOf(pack),
    }
    orders.set(key, { packId: id, order })
    return order
  }

  return {
    call(pack, { executionProvider, lane: name, ...call }) {
      return lanes[call.thread === undefined ? name : threadLane(call.thread)].call({
        ...call,
        pack: orderOf(
          pack,
          call.thread === undefined ? name : threadLane(call.thread),
          executionProvider,
        ),
        sizeBytes: pack.sizeBytes,
        isLarge: isLarge(pack) || executionProvider !== 'cpu',
      })
    },
    hasThread: (name) => laneOf(name).hasThread(name),
    forget(packId) {
      for (const [key, one] of [...orders]) {
        if (one.packId !== packId) continue
        orders.delete(key)
        for (const thread of ledger.threadsWith(key)) {
          ledger.drop(thread, key)
          laneOf(thread).forget(thread, key)
        }
      }
    },
    memory: () => ({ limit: ledger.limit, used: Math.round(ledger.used()) }),
    setMemoryLimit(bytes) {
      ledger.limit = bytes
    },
    close() {
      for (const one of Object.values(lanes)) one.close()
    },
  }
}

const threadLane = (thread: string): LaneName => (thread.startsWith('now') ? 'now' : 'batch')
