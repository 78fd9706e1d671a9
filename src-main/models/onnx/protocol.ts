import type { Detection } from '#shared/domain/detection.ts'
import type { ParameterValues } from '#shared/domain/function.ts'
import type { ModelManifest } from '#shared/domain/model-manifest.ts'
import type { ErrorBody } from '#shared/errors/app-error.ts'
import type {
  ForeignEmbedding,
  FoundShape,
  InteractorAnswer,
  InteractorPrompt,
  RgbPicture,
  TrackedShape,
} from '../../core/ports.ts'

/** A pack as a thread opens it. */
export interface PackOrder {
  /** Names what is opened: the same key, the same files, device and threads. */
  readonly key: string
  readonly id: string
  readonly folder: string
  readonly manifest: ModelManifest
  /** An execution provider of ONNX Runtime: 'cpu', 'cuda', … */
  readonly executionProvider: string
  /** Threads of one run, of the CPU. */
  readonly threads: number
  /** Names the model whose embeddings these are: not where it lies, nor what it runs on. */
  readonly embeddings: string
}

/** What a thread can be asked, and what it answers. `picture`: its key. */
export interface InferenceVerbs {
  /** Open it, and run nothing. */
  load: { ask: object; answer: null }
  detect: { ask: { parameters: ParameterValues }; answer: Detection[] }
  /** Whether the embedding of a picture is there; then it is in memory afterwards. */
  isPrepared: { ask: { picture: string }; answer: boolean }
  /** `isNext`: clicks will come to this very thread; the first one is not to be the one that warms up. */
  prepare: { ask: { picture: string; isNext: boolean }; answer: null }
  interact: {
    ask: { picture: string; prompt: Omit<InteractorPrompt, 'region'> }
    answer: InteractorAnswer
  }
  /** As `interact`, of a picture that an encoder elsewhere has looked at; the picture itself is not needed. */
  decode: {
    ask: {
      embedding: ForeignEmbedding
      prompt: Omit<InteractorPrompt, 'region' | 'parameters'>
    }
    answer: InteractorAnswer
  }
  begin: { ask: { shapes: readonly TrackedShape[] }; answer: string[] }
  update: { ask: { tokens: readonly string[] }; answer: (FoundShape | null | undefined)[] }
  /** Vectors of re-identification, of boxes `[x1, y1, x2, y2]`. */
  look: { ask: { boxes: readonly (readonly number[])[] }; answer: Float32Array[] }
}
export type InferenceVerb = keyof InferenceVerbs

export type ToInference =
  | {
      readonly type: 'call'
      readonly ticket: number
      readonly pack: PackOrder
      readonly verb: InferenceVerb
      readonly ask: InferenceVerbs[InferenceVerb]['ask']
      /** Its bytes are shared, not copied. null where none is needed. */
      readonly picture: RgbPicture | null
    }
  /** Let its sessions go. */
  | { readonly type: 'forget'; readonly key: string }
  /** Nothing more will come. */
  | { readonly type: 'end' }

/** How an opened pack is: told with every answer. */
export interface OpenedState {
  /** Bytes of its files, weights beside them included. */
  readonly sizeBytes: number
  readonly executionProvider: string
  /** Why it does not run on what was asked for; '' when it does. */
  readonly note: string
}

export type FromInference =
  | {
      readonly type: 'answer'
      readonly ticket: number
      readonly result: unknown
      readonly opened: OpenedState
      /** Of the work itself, without loading and waiting. */
      readonly tookMs: number
    }
  | {
      readonly type: 'refusal'
      readonly ticket: number
      readonly error: ErrorBody
      /** Whether the pack is loaded all the same. */
      readonly isOpen: boolean
    }

export interface InferenceSettings {
  /** Goes before the tokens of this thread. */
  readonly name: string
  /** Folder of embeddings; they may be removed at any time. */
  readonly embeddingsDir: string
}
