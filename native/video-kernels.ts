/** A video's planes to pixels: the kernel behind the same interface as its twin. */
import type { RawFrameHeader } from '#shared/media/raw-frame.ts'
import { chromaLayout, yuvCoefficients, yuvToRgba } from '#shared/media/yuv-to-rgba.ts'
import { align, WasmMemory } from './wasm-memory.ts'

export interface VideoKernels {
  readonly name: string
  /**
   * Planes as opaque RGBA words, not turned. What is given back is written over by the next call.
   * @param header  of any format but RGBA
   */
  yuvToRgba(header: RawFrameHeader, planes: Uint8Array): Uint32Array<ArrayBuffer>
}

let chosen: VideoKernels | null = null

/** The fastest this machine can run, kept for the thread. */
export function videoKernels(): VideoKernels {
  chosen ??= loadVideoKernels() ?? createTwin()
  return chosen
}

/** An instance of its own; null where WebAssembly cannot be had. */
export function loadVideoKernels(): VideoKernels | null {
  const memory = WasmMemory.open()
  return memory === null ? null : new WasmVideoKernels(memory)
}

/** The TypeScript that defines what comes out; its pixels are written over by the next frame of that size. */
export function createTwin(): VideoKernels {
  let words = new Uint32Array(0)
  return {
    name: 'TypeScript',
    yuvToRgba(header, planes) {
      const count = header.width * header.height
      if (words.length !== count) words = new Uint32Array(count)
      yuvToRgba(header, planes, words)
      return words
    },
  }
}

/** Memory is kept: the next frame needs as much. */
class WasmVideoKernels implements VideoKernels {
  readonly name = 'WebAssembly'
  readonly #memory: WasmMemory

  constructor(memory: WasmMemory) {
    this.#memory = memory
  }

  yuvToRgba(header: RawFrameHeader, planes: Uint8Array): Uint32Array<ArrayBuffer> {
    const { width, height } = header
    const pixels = width * height
    const room = align(planes.length)
    const base = this.#memory.reserve(room + 4 * pixels)
    const { kernels } = this.#memory
    new Uint8Array(kernels.memory.buffer).set(planes, base)
    const { luma, offset, redOfV, greenOfU, greenOfV, blueOfU } = yuvCoefficients(header)
    kernels.yuvMatrix(luma, offset, redOfV, greenOfU, greenOfV, blueOfU)
    const { u, v, step, rowStride, shiftX, shiftY } = chromaLayout(header)
    const out = base + room
    const [atU, atV] = [base + u, base + v]
    kernels.yuvToRgba(base, atU, atV, width, height, step, rowStride, shiftX, shiftY, out)
    return new Uint32Array(kernels.memory.buffer, out, pixels)
  }
}
