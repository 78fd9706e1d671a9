import type { Tiles } from '#shared/contract/functions.ts'
import type { ShapeType } from '#shared/domain/annotation.ts'
import type { Detection } from '#shared/domain/detection.ts'
import type {
  FunctionId,
  FunctionInfo,
  FunctionKind,
  ParameterValues,
} from '#shared/domain/function.ts'
import type { FrameIndex, TaskId } from '#shared/domain/ids.ts'
import type { AppError } from '#shared/errors/app-error.ts'
import type { RgbPicture } from './trackers.ts'

/** A frame's upright picture as functions get it: nobody reads it before somebody asks. */
export interface FunctionPicture {
  /** Same key, same pixels: embeddings are kept by it. */
  readonly key: string
  /** For people and logs: "frame 12, street/0012.jpg"; left out where nobody knows. */
  readonly what?: string
  /** Read once, however often it is asked for. @throws FRAME_MISSING, IMAGE_UNREADABLE, VIDEO_* */
  pixels(signal?: AbortSignal): Promise<RgbPicture>
  /** The same in a file, for the network: the frame's own bytes where they are upright, else PNG. @throws as `pixels` */
  encoded(signal?: AbortSignal): Promise<{ contentType: string; bytes: Uint8Array }>
}

export interface FunctionCall {
  readonly signal?: AbortSignal
  /** `now`: a person waits. `batch`: work of the queue, which must not hold up a click. */
  readonly lane?: 'now' | 'batch'
}

export interface DetectOptions extends FunctionCall {
  /** What is not given has the function's default. */
  readonly parameters: ParameterValues
}

/** Image pixels; `right` and `bottom` excluded. */
export interface PictureRegion {
  readonly left: number
  readonly top: number
  readonly right: number
  readonly bottom: number
}

export interface InteractorPrompt {
  readonly positive: readonly (readonly [x: number, y: number])[]
  readonly negative: readonly (readonly [x: number, y: number])[]
  /** `[x1, y1, x2, y2]` */
  readonly box: readonly [number, number, number, number] | null
  /** Look at this part of the picture alone (small objects). */
  readonly region: PictureRegion | null
  /** `token` of an answer this prompt refines, so that the model may go on from its mask. */
  readonly previous: string | null
  /** What is not given has the function's default. */
  readonly parameters: ParameterValues
}

export interface InteractorAnswer {
  /** Mask points (`Shape.points` of a mask); null when nothing was found, or only an outline was given. */
  readonly mask: number[] | null
  /** Flat polygon, when the function gave one itself. */
  readonly outline: number[] | null
  readonly score: number | null
  /** For `previous` of the next prompt; null where the function knows no such thing. */
  readonly token: string | null
}

export interface TrackedShape {
  readonly type: ShapeType
  /** As `Shape.points`. */
  readonly points: readonly number[]
  readonly rotation: number
}
export interface FoundShape extends TrackedShape {
  /** 0 … 1; null when the tracker does not say. */
  readonly score: number | null
}

export interface ReidQuestion {
  readonly picture0: FunctionPicture
  readonly picture1: FunctionPicture
  /** Unrotated `[x1, y1, x2, y2]`; only boxes of the same `labelId` may be matched. */
  readonly boxes0: readonly ReidBox[]
  readonly boxes1: readonly ReidBox[]
  /** Largest cosine distance. */
  readonly threshold: number
  /** Largest way of a box's centre, image pixels. */
  readonly maxDistance: number
}
export interface ReidBox {
  readonly labelId: number
  readonly points: readonly number[]
}

/**
 * One kind of place functions come from: models/ (ONNX, OpenCV), connectors/nuclio. A provider is asked only for functions
 * it listed. Every method refuses with an AppError that names the function: MODEL_*, FUNCTION_*, CANCELLED.
 */
export interface FunctionProvider {
  readonly provider: FunctionInfo['provider']
  /** Never throws: what cannot work is listed with its problem. Quick; remote ones may answer from a short memory. */
  list(): Promise<FunctionInfo[]>
  /** What to say of a function that is not listed; null where there is nothing more to say than that. */
  whyMissing?(id: FunctionId): AppError | null
  detect(id: FunctionId, picture: FunctionPicture, options: DetectOptions): Promise<Detection[]>
  /** Make the embedding ahead, so that the first click is as quick as the others. Nothing to do for most. */
  prepare(id: FunctionId, picture: FunctionPicture, call: FunctionCall): Promise<void>
  interact(
    id: FunctionId,
    picture: FunctionPicture,
    prompt: InteractorPrompt,
    call: FunctionCall,
  ): Promise<InteractorAnswer>
  /** Learn what the objects look like. @returns a token each, that only this provider can read */
  begin(
    id: FunctionId,
    picture: FunctionPicture,
    shapes: readonly TrackedShape[],
    call: FunctionCall,
  ): Promise<string[]>
  /** Find them again. A token that was forgotten (bounded memory) answers undefined: begin anew; a lost object null. */
  update(
    id: FunctionId,
    picture: FunctionPicture,
    tokens: readonly string[],
    call: FunctionCall,
  ): Promise<(FoundShape | null | undefined)[]>
  /** For each of `boxes0` the index in `boxes1` of the same object, or -1. */
  match(id: FunctionId, question: ReidQuestion, call: FunctionCall): Promise<number[]>
  close(): Promise<void>
}

/** What an encoder elsewhere made of a picture. */
export interface ForeignEmbedding {
  /** Same key, same numbers. */
  readonly key: string
  /** Segment Anything's: `[1, channels, height, width]`, flat. Finite. */
  readonly data: Float32Array
  /** The picture it was made of, pixels. */
  readonly picture: { readonly width: number; readonly height: number }
}

/**
 * The second half of Segment Anything, for functions that run the first one alone. models/ offers it; compose.ts hands it to the
 * providers whose functions need it, which know nothing of models.
 */
export interface EmbeddingDecoder {
  /** Ids of the models that can decode embeddings, in the order in which they are tried. Never throws. */
  list(): Promise<string[]>
  /**
   * @param call.model  one of `list`; null: the first that takes embeddings of this size
   * @returns null where none does
   * @throws MODEL_*, also of a model that was named and takes others; FUNCTION_FAILED, CANCELLED
   */
  decode(
    embedding: ForeignEmbedding,
    prompt: Omit<InteractorPrompt, 'region' | 'parameters'>,
    call: FunctionCall & { readonly model: string | null },
  ): Promise<InteractorAnswer | null>
}

/** Intelligent scissors: no function, since they draw with the hand that leads them. */
export interface Scissors {
  /** The path along edges, flat, both ends included as given. @throws FUNCTION_FAILED, CANCELLED */
  scissors(
    picture: FunctionPicture,
    how: {
      readonly from: readonly [x: number, y: number]
      readonly to: readonly [x: number, y: number]
      /** Image pixels around `from`, in x and in y. */
      readonly reach: number
    },
    call: FunctionCall,
  ): Promise<number[]>
}

/** All providers as one. Unknown functions are refused with NOT_FOUND, of the wrong kind with FUNCTION_WRONG_KIND. */
export interface Functions extends Omit<FunctionProvider, 'provider'> {
  /** @throws NOT_FOUND, FUNCTION_WRONG_KIND */
  get(id: FunctionId, kind?: FunctionKind): Promise<FunctionInfo>
}

/** A frame of a task, where a function is asked about one. */
export interface FrameRef {
  readonly taskId: TaskId
  readonly frame: FrameIndex
}

/** A picture of this machine that is part of no task. */
export interface FileRef {
  /** Absolute. */
  readonly path: string
}

/**
 * Functions on frames, as screen, queue and command line ask them: reads the picture, cuts regions and tiles, brings what was found
 * back to the whole picture. Work on other threads calls it in the main process, so that models are loaded once.
 */
export interface FrameFunctions {
  list(): Promise<FunctionInfo[]>
  get(id: FunctionId, kind?: FunctionKind): Promise<FunctionInfo>
  detect(
    picture: FrameRef | FileRef,
    run: {
      readonly functionId: FunctionId
      readonly parameters: ParameterValues
      readonly region: PictureRegion | null
      readonly tiles: Tiles | null
    },
    call: FunctionCall,
  ): Promise<Detection[]>
  prepare(frame: FrameRef, id: FunctionId, call: FunctionCall): Promise<void>
  interact(
    frame: FrameRef,
    id: FunctionId,
    prompt: InteractorPrompt,
    call: FunctionCall,
  ): Promise<InteractorAnswer>
  scissors(
    frame: FrameRef,
    how: Parameters<Scissors['scissors']>[1],
    call: FunctionCall,
  ): Promise<number[]>
  begin(
    frame: FrameRef,
    id: FunctionId,
    shapes: readonly TrackedShape[],
    call: FunctionCall,
  ): Promise<string[]>
  update(
    frame: FrameRef,
    id: FunctionId,
    tokens: readonly string[],
    call: FunctionCall,
  ): Promise<(FoundShape | null | undefined)[]>
  match(
    frames: readonly [FrameRef, FrameRef],
    id: FunctionId,
    question: Omit<ReidQuestion, 'picture0' | 'picture1'>,
    call: FunctionCall,
  ): Promise<number[]>
}
