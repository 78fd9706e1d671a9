import type { ShapeType } from '#shared/domain/annotation.ts'
import type { Detection } from '#shared/domain/detection.ts'
import type {
  FunctionKind,
  FunctionParameter,
  InteractorPrompts,
  ParameterValues,
} from '#shared/domain/function.ts'
import type { ModelManifest, ModelManifestInput } from '#shared/domain/model-manifest.ts'
import type {
  FoundShape,
  InteractorAnswer,
  InteractorPrompt,
  RgbPicture,
  TrackedShape,
} from '../core/ports.ts'

/**
 * A family is the arithmetic around one kind of network: how a picture becomes its input, how its output becomes
 * annotations. Families are pure of files, threads and sessions: they see a `ModelRuntime`, which tests stand in for.
 */

/** What an ONNX file says of itself, read from its header (models/onnx/). `dims`: a number, or the name of what varies. */
export interface ModelFacts {
  readonly sizeBytes: number
  /** By domain; '' is ONNX itself. */
  readonly opsets: Readonly<Record<string, number>>
  readonly producer: string
  readonly metadata: Readonly<Record<string, string>>
  readonly inputs: readonly ValueFacts[]
  readonly outputs: readonly ValueFacts[]
}
export interface ValueFacts {
  readonly name: string
  /** 'float32', 'float16', 'uint8', 'int64', … as ONNX Runtime calls them. */
  readonly type: string
  readonly dims: readonly (number | string)[]
}

/** float16 tensors are given and taken as float32: the session converts. */
export type TensorData = Float32Array | Float64Array | Uint8Array | Int32Array | BigInt64Array
export interface Tensor {
  readonly type: 'float32' | 'float64' | 'uint8' | 'int32' | 'int64' | 'bool'
  readonly dims: readonly number[]
  readonly data: TensorData
}

/** The nets of one pack, loaded. */
export interface ModelRuntime {
  facts(role: string): ModelFacts
  /**
   * Run one net. @returns its outputs by name
   * @throws MODEL_FAILED with what ONNX Runtime says
   */
  run(role: string, feeds: Readonly<Record<string, Tensor>>): Promise<Record<string, Tensor>>
}

export interface Detector {
  /** Boxes of class-wise suppression, masks, skeletons, tags; image pixels, best first, clipped to the picture, finite. */
  detect(picture: RgbPicture, parameters: ParameterValues): Promise<Detection[]>
}

/** What an interactor keeps of a picture: plain arrays, so that it can go to the disk and between threads. */
export type Embedding = Readonly<Record<string, Tensor>>

export interface Interactor {
  /** Without one, `interact` gets the picture alone and an empty embedding. */
  embed?(picture: RgbPicture): Promise<Embedding>
  /**
   * What an encoder elsewhere made of a picture, as `embed` would have given it. Who has this looks in `interact` at the
   * picture's size alone.
   * @param data  as many numbers as the family's `decodes` says
   */
  asEmbedding?(data: Float32Array): Embedding
  /**
   * @param embedding  of `embed`, for the same picture
   * @param memory  what the answer that `prompt.previous` names left, null when there is none
   */
  interact(
    picture: RgbPicture,
    embedding: Embedding,
    prompt: Omit<InteractorPrompt, 'region' | 'previous'>,
    memory: Embedding | null,
  ): Promise<Omit<InteractorAnswer, 'token'> & { readonly memory: Embedding | null }>
}

/** `State` is opaque, and stays in the thread. */
export interface Tracker<State = unknown> {
  begin(picture: RgbPicture, shape: TrackedShape): Promise<State>
  /** null: lost on this picture; the state may find it again on a later one. */
  update(picture: RgbPicture, state: State): Promise<{ shape: FoundShape | null; state: State }>
}

export interface Reid {
  /** @param boxes  unrotated `[x1, y1, x2, y2]`. @returns a vector each; only their directions matter */
  embed(picture: RgbPicture, boxes: readonly (readonly number[])[]): Promise<Float32Array[]>
}

interface FamilyBase {
  /** Such as `yolov8`; manifests name it. Never changed. */
  readonly id: string
  /** As people know it: "YOLOv8 / 11". */
  readonly name: string
  /** Roles of the files a pack must have. */
  readonly roles: readonly string[]
  readonly parameters: readonly FunctionParameter[]
  /** Those of them that mean something to one model, where that is not all. */
  readonly parametersOf?: (manifest: ModelManifest) => readonly FunctionParameter[]
  /** Half of a model, whose other half runs elsewhere: no function by itself. */
  readonly isHalf?: true
  /**
   * Is this one of mine? Asked of a bare file whose manifest nobody wrote; by shapes, names and metadata alone.
   * @returns how sure (0 … 1) and what could be read; null for no
   */
  recognise(facts: Readonly<Record<string, ModelFacts>>): Recognised | null
}

export interface Recognised {
  readonly certainty: number
  /** `inputs`, `labels`, `parameters`, `options`, `name` … as far as the file tells. */
  readonly manifest: Partial<ModelManifestInput>
  /** What a person must still say: "labels" when only their number is known. */
  readonly missing: readonly ('labels' | 'size')[]
  /** How many classes the outputs have; null where they do not tell. */
  readonly classes: number | null
  /** The last of them may be "none": then there is one name less. */
  readonly mayEndInNone?: boolean
}

export type Family = FamilyBase &
  (
    | {
        readonly kind: 'detector'
        /** @throws MODEL_MISFIT when manifest and file do not go together */
        open(manifest: ModelManifest, runtime: ModelRuntime): Detector
      }
    | {
        readonly kind: 'interactor'
        readonly prompts: InteractorPrompts
        /** Dims of the embeddings of encoders elsewhere that it makes masks of; null, or left out: of none. */
        readonly decodes?: (facts: Readonly<Record<string, ModelFacts>>) => readonly number[] | null
        open(manifest: ModelManifest, runtime: ModelRuntime): Interactor
      }
    | {
        readonly kind: 'tracker'
        readonly shapeTypes: readonly ShapeType[]
        open(manifest: ModelManifest, runtime: ModelRuntime): Tracker
      }
    | { readonly kind: 'reid'; open(manifest: ModelManifest, runtime: ModelRuntime): Reid }
  ) & { readonly kind: FunctionKind }
