import type { AppEvent } from '#shared/contract/events.ts'
import type { TaskId } from '#shared/domain/ids.ts'
import type { Label } from '#shared/domain/label.ts'
import type { CalledFunctions } from '../functions/called-functions.ts'
import type {
  BackupFormat,
  DatasetFrame,
  FormatRegistry,
  FrameLocation,
  FrameMatcher,
  FrameReader,
  LabelIndex,
  MediaScanner,
  Store,
  VideoIndexer,
  WorkContext,
} from '../ports.ts'

/** What a request's work sees inside a worker thread: its own connection to the store, and the other adapters. */
export interface WorkDeps {
  readonly dataDir: string
  readonly store: Store
  readonly scanner: MediaScanner
  readonly reader: FrameReader
  readonly indexer: VideoIndexer
  readonly formats: FormatRegistry
  readonly backups: BackupFormat
  readonly functions: CalledFunctions
  /** `manifest.jsonl` of pictures in this order, with its line ends (docs/manifest.md). */
  manifestLines(pictures: Iterable<ManifestPicture>): Iterable<string>
  /** Finds frames by the names files give them. `frames` is walked once, at the first question. */
  createMatcher(frames: () => Iterable<DatasetFrame>): FrameMatcher
  /** @param renamed by name in the file: the label it stands for, null for one to leave out */
  createLabelIndex(
    labels: readonly Label[],
    renamed?: ReadonlyMap<string, string | null>,
  ): LabelIndex
}

export interface ManifestPicture {
  readonly name: string
  /** Upright pixels; null where nobody knows. */
  readonly width: number | null
  readonly height: number | null
  /** Context images, by their paths from where the names begin, too. */
  readonly related: readonly string[]
}

export interface WorkHooks extends WorkContext {
  event(event: AppEvent): void
  /** For work nobody waits for, between two short pieces of it: people who wait for a video's frame have the processor first. */
  standBack(): void
  preview(taskId: TaskId, first: FrameLocation & { name: string }, found: number): void
}

export type Work = (
  deps: WorkDeps,
  params: unknown,
  hooks: WorkHooks,
  requestId: number,
) => Promise<unknown>
