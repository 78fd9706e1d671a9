/** A video's planes to pixels: the kernel behind the same interface as its twin. */

import { halvePlane, type Plane } from '#shared/media/halve-plane.ts'
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
  /**
   * Planes that lie one after the other, each made half as wide and high.
   * @param plans  what becomes of what; the targets lie one after the other, too
   * @returns the bytes of the targets, the caller's own
   */
  halve(planes: Uint8Array, plans: readonly HalvedPlane[]): Uint8Array<ArrayBuffer>
}

export interface HalvedPlane {
  readonly source: Plane
  readonly target: Plane
}

const bytesOf = (plans: readonly HalvedPlane[]): number =>
  plans.reduce((sum, { target }) => sum + target.width * target.height, 0)

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
    halve(planes, plans) {
      const out = new Uint8Array(bytesOf(plans))
      for (const { source, target } of plans) halvePlane(planes, source, out, target)
      return out
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

  halve(planes: Uint8Array, plans: readonly HalvedPlane[]): Uint8Array<ArrayBuffer> {
    const bytes = bytesOf(plans)
    const room = align(planes.length)
    const base = this.#memory.reserve(room + bytes)
    const { kernels } = this.#memory
    const out = base + room
    new Uint8Array(kernels.memory.buffer).set(planes, base)
    for (const { source, target } of plans) {
      const [from, to] = [base + source.at, out + target.at]
      const { width, height } = source
      kernels.halvePlane(from, width, height, to, target.width, target.height)
    }
    return new Uint8Array(kernels.memory.buffer, out, bytes).slice()
  }
}
