import type { Detection } from '#shared/domain/detection.ts'
import type {
  BenchRow,
  CatalogueEntry,
  ExecutionProvider,
  Model,
  ModelProposal,
} from '#shared/domain/model.ts'
import type { ModelManifest } from '#shared/domain/model-manifest.ts'
import type { ErrorBody } from '#shared/domain/request.ts'
import type { FunctionPicture } from './functions.ts'

/** A model pack where it lies: what the runtime opens, what lists show. */
export interface ModelPack {
  /** Of its manifest; of a damaged one the name of its folder. */
  readonly id: string
  /** Of a damaged one only `id` and `name` mean anything. */
  readonly manifest: ModelManifest
  readonly origin: 'shipped' | 'installed'
  /** Absolute. */
  readonly folder: string
  readonly sizeBytes: number
  /** Markdown, '' where there is none. */
  readonly card: string
  /** Changes whenever anything of it changes. */
  readonly stamp: string
  /** Why it cannot be used; null when it can. */
  readonly problem: ErrorBody | null
  /** Chosen by a person; null: the quickest that works. */
  readonly executionProvider: string | null
}

export interface InstallOrder {
  /** A path of this machine, or an http(s) URL. */
  readonly from: string
  /** In place of what the files say; its paths are relative to what `from` names. */
  readonly manifest?: ModelManifest | undefined
  /** Expected SHA-256 of what a URL gives, hex. */
  readonly sha256?: string | undefined
  readonly overwrite: boolean
  /** What a person says of it where there is no `manifest`: its family, the names of its classes in their order, what it is to be called. */
  readonly family?: string | undefined
  readonly labels?: readonly string[] | undefined
  readonly id?: string | undefined
  readonly name?: string | undefined
}

export interface ModelWork {
  readonly signal: AbortSignal
  /** 0 … 1, null while nobody knows how much there is. */
  onProgress(progress: number | null, message: string): void
}

/** A family as lists show it. */
export interface FamilyInfo {
  readonly id: string
  readonly name: string
  readonly kind: Model['manifest']['kind']
  readonly roles: string[]
}

/** Models as packs: which there are, where new ones come from, what they run on. */
export interface ModelLibrary {
  /** Never refuses a good pack for a damaged one beside it. */
  list(): Promise<Model[]>
  /**
   * Read a bare `.onnx`, a pack's folder or zip, an X-AnyLabeling YAML or a CVAT function.yaml; nothing is changed.
   * @param said  what a person says of it, in place of what is likeliest
   * @throws MEDIA_NOT_FOUND, MODEL_UNREADABLE, MODEL_MANIFEST_INVALID, ARCHIVE_UNSAFE, ARCHIVE_UNREADABLE
   */
  inspect(path: string, said?: Pick<InstallOrder, 'family' | 'labels'>): Promise<ModelProposal>
  /** Run what is not installed yet, once. @throws MODEL_*, as `inspect` */
  try(
    path: string,
    manifest: ModelManifest,
    picture: FunctionPicture,
  ): Promise<{ detections: Detection[]; tookMs: number }>
  /**
   * Copied or downloaded, checked, loaded once; then there at once, or not at all.
   * @throws MODEL_*, DOWNLOAD_*, DISK_FULL, CANCELLED, as `inspect`
   */
  install(order: InstallOrder, work: ModelWork): Promise<Model>
  /** @throws NOT_FOUND, MODEL_SHIPPED */
  remove(id: string): Promise<void>
  /** @param executionProvider  null: the quickest that works. @throws NOT_FOUND, MODEL_DEVICE_UNKNOWN */
  setExecutionProvider(id: string, executionProvider: string | null): Promise<Model>
  /** One row an execution provider of this machine. @throws NOT_FOUND, CANCELLED */
  bench(id: string, work: ModelWork): Promise<BenchRow[]>
  devices(): Promise<{
    executionProviders: ExecutionProvider[]
    memoryLimit: number
    memoryUsed: number
  }>
  /** @param bytes  that models may take together */
  setMemoryLimit(bytes: number): Promise<{ memoryLimit: number }>
  catalogue(): Promise<CatalogueEntry[]>
  families(): FamilyInfo[]
}
