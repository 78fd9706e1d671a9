/// <reference lib="esnext.float16" />
/**
 * Half precision at the door of a session: nets may want and give it, families know float32 alone.
 */

/** @returns the bits of the nearest float16 of each value, ties to even, as ONNX Runtime takes them */
export function toFloat16(values: ArrayLike<number>): Uint16Array {
  return new Uint16Array(Float16Array.from(values).buffer)
}

/** @param bits  float16 values as they lie in memory */
export function fromFloat16(bits: ArrayBufferView): Float32Array {
  const half = new Float16Array(
    bits.buffer as ArrayBuffer,
    bits.byteOffset,
    Math.floor(bits.byteLength / 2),
  )
  return new Float32Array(half)
}
