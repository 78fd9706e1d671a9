import type { ContractRouterClient } from '@orpc/contract'
import type { Contract } from '#shared/contract/index.ts'
import type { TaskId } from '#shared/domain/ids.ts'
import type { PixelBox } from '#shared/geometry/mask-spans.ts'
import type { EventBus, FrameBytes, FrameQuality, FrameStrip } from './ports.ts'

/**
 * The product without a window. `client` has one function a procedure of the contract: the HTTP handler exposes them,
 * the command line calls them, in process or over an attached instance alike.
 */
export interface Core {
  readonly client: ContractRouterClient<Contract>
  readonly events: EventBus
  readonly dataDir: string
  /** A frame's picture for `/frames/{taskId}/{index}`. @throws FRAME_MISSING, IMAGE_UNREADABLE, NOT_FOUND */
  frameBytes(
    taskId: TaskId,
    index: number,
    quality: FrameQuality,
    signal?: AbortSignal,
  ): Promise<FrameBytes>
  /** A part of a frame's picture for `/frames/{taskId}/{index}?crop=…`. @throws as `frameBytes`, and INPUT_INVALID */
  cropBytes(taskId: TaskId, index: number, box: PixelBox, signal?: AbortSignal): Promise<FrameBytes>
  /**
   * Small pictures of these frames side by side for `/frames/{taskId}/strip`. @throws as `frameBytes`, of a video; NOT_FOUND
   */
  stripBytes(taskId: TaskId, frames: readonly number[], signal?: AbortSignal): Promise<FrameStrip>
  /** The n-th context image of a frame, for the canvas. @throws NOT_FOUND, FRAME_MISSING, IMAGE_UNREADABLE */
  relatedBytes(taskId: TaskId, index: number, position: number): Promise<FrameBytes>
  /** The first picture found by a scan that is still running. */
  previewBytes(taskId: TaskId): Promise<FrameBytes>
  /** Where `POST /uploads` puts dropped files of the web shell: a fresh folder under the data directory. */
  newUploadDir(): Promise<string>
  /** Tell a second process on this data directory where it can attach. */
  announce(instance: { url: string; token: string }): void
  close(): Promise<void>
}
