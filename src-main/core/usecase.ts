import type {
  AnySchema,
  ContractProcedure,
  InferSchemaInput,
  InferSchemaOutput,
} from '@orpc/contract'
import type { Contract } from '#shared/contract/index.ts'
import type { TaskId } from '#shared/domain/ids.ts'
import type {
  Connections,
  EventBus,
  FormatRegistry,
  FrameFunctions,
  FrameReader,
  MediaScanner,
  ModelLibrary,
  RequestQueue,
  Store,
  VideoIndexer,
} from './ports.ts'
import type { SidecarKeeper } from './sidecar/keeper.ts'

/** What every use-case may need; compose.ts fills it. */
export interface Deps {
  readonly version: string
  readonly dataDir: string
  readonly store: Store
  readonly events: EventBus
  readonly queue: RequestQueue
  readonly reader: FrameReader
  readonly scanner: MediaScanner
  readonly indexer: VideoIndexer
  readonly formats: FormatRegistry
  readonly functions: FrameFunctions
  readonly connections: Connections
  readonly models: ModelLibrary
  readonly sidecars: SidecarKeeper
  /** The folder of the sample that ships. */
  readonly sampleDir: string
}

/** Whoever asked. */
export interface Caller {
  /** Nobody waits for the answer any more: a window that is gone, a click that another one has replaced. */
  readonly signal?: AbortSignal
}

type Verb<P> =
  P extends ContractProcedure<
    infer I extends AnySchema,
    infer O extends AnySchema,
    infer _E,
    infer _M
  >
    ? (
        input: InferSchemaOutput<I>,
        caller?: Caller,
      ) => InferSchemaInput<O> | Promise<InferSchemaInput<O>>
    : never

/** One function a procedure of the contract, taking parsed input: a missing or misspelt verb does not compile. */
export type Usecases = {
  readonly [N in keyof Contract]: { readonly [V in keyof Contract[N]]: Verb<Contract[N][V]> }
}

/** Tell every window that a task (not its annotations) changed. */
export function publishTask(deps: Pick<Deps, 'store' | 'events'>, id: TaskId): void {
  deps.events.publish({ type: 'task', id, task: deps.store.tasks.get(id) })
}
