import { type MaskKernels, typescriptKernels } from '#shared/geometry/mask-kernels.ts'
import { WasmKernels } from './wasm-kernels.ts'
import { WasmMemory } from './wasm-memory.ts'

let chosen: MaskKernels | null = null

/**
 * The fastest kernels this machine can run: WebAssembly, or their TypeScript twins where it is missing, without SIMD, or
 * forbidden. Compiled at the first call (about a millisecond), kept for the thread.
 */
export function maskKernels(): MaskKernels {
  chosen ??= loadWasmKernels() ?? typescriptKernels
  return chosen
}

/** An instance of its own; null where WebAssembly cannot be had. */
export function loadWasmKernels(): MaskKernels | null {
  const memory = WasmMemory.open()
  return memory === null ? null : new WasmKernels(memory)
}
