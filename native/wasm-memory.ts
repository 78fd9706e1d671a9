/**
 * The kernels' instance and its memory. Each call lays its lists out from the start of free memory on and is done with them
 * when it returns: nothing here waits, so there is nothing to allocate or to free.
 */
import { kernelsWasm } from './kernels.wasm.ts'

/** What assembly/index.ts exports; pointers are bytes. */
export interface KernelExports {
  readonly memory: { readonly buffer: ArrayBuffer; grow(pages: number): number }
  heapBase(): number
  encode(
    data: number,
    width: number,
    height: number,
    left: number,
    top: number,
    toggles: number,
    room: number,
    out: number,
  ): number
  combine(
    a: number,
    nA: number,
    b: number,
    nB: number,
    table: number,
    left: number,
    top: number,
    right: number,
    bottom: number,
    workA: number,
    workB: number,
    work: number,
    out: number,
  ): number
  overlap(
    a: number,
    nA: number,
    b: number,
    nB: number,
    left: number,
    top: number,
    right: number,
    bottom: number,
    workA: number,
    workB: number,
  ): number
  countCrossings(polygon: number, n: number, height: number, starts: number): number
  fillPolygon(
    polygon: number,
    n: number,
    width: number,
    height: number,
    starts: number,
    line: number,
    crossed: number,
    out: number,
  ): number
  trace(points: number, n: number, work: number, out: number): number
  halvePlane(
    source: number,
    width: number,
    height: number,
    target: number,
    targetWidth: number,
    targetHeight: number,
  ): void
  yuvMatrix(luma: number, offset: number, rv: number, gu: number, gv: number, bu: number): void
  yuvToRgba(
    y: number,
    u: number,
    v: number,
    width: number,
    height: number,
    step: number,
    rowStride: number,
    shiftX: number,
    shiftY: number,
    out: number,
  ): void
  planesLinear(
    source: number,
    rowBytes: number,
    columns: number,
    width: number,
    rows: number,
    height: number,
    lines: number,
    values: number,
    out: number,
  ): void
  planesPillow(
    source: number,
    rowBytes: number,
    columns: number,
    size: number,
    width: number,
    rows: number,
    rowSize: number,
    height: number,
    lines: number,
    values: number,
    out: number,
  ): void
  planesWeighted(
    source: number,
    rowBytes: number,
    columns: number,
    columnWeights: number,
    size: number,
    width: number,
    rows: number,
    rowWeights: number,
    rowSize: number,
    height: number,
    unit: number,
    toEven: number,
    lines: number,
    values: number,
    out: number,
  ): void
}

/** As much as is declared of WebAssembly neither by Node's types nor by plain ECMAScript's. */
interface WebAssemblyHost {
  readonly Module: new (bytes: Uint8Array) => object
  readonly Instance: new (module: object, imports: object) => { readonly exports: object }
}

const PAGE = 2 ** 16
/** Memory never shrinks. After a picture this large the instance is dropped, and made anew (0.1 ms) when next needed. */
const MOST_KEPT = 64 * 2 ** 20

export class WasmMemory {
  readonly #host: WebAssemblyHost
  readonly #module: object
  #exports: KernelExports
  #base: number

  private constructor(host: WebAssemblyHost, module: object) {
    this.#host = host
    this.#module = module
    this.#exports = this.#instantiate()
    this.#base = align(this.#exports.heapBase())
  }

  /** Null where there is no WebAssembly, no SIMD in it, or the page may not compile it. */
  static open(): WasmMemory | null {
    const host = (globalThis as { WebAssembly?: WebAssemblyHost }).WebAssembly
    if (host === undefined) return null
    try {
      const bytes = Uint8Array.from(atob(kernelsWasm), (c) => c.charCodeAt(0))
      return new WasmMemory(host, new host.Module(bytes))
    } catch {
      // A CompileError, of which there is nothing to tell anybody: the twins do the same work.
      return null
    }
  }

  #instantiate(): KernelExports {
    return new this.#host.Instance(this.#module, {}).exports as KernelExports
  }

  get kernels(): KernelExports {
    return this.#exports
  }

  /** Where free memory begins, with at least so many bytes of it. Views of the memory made before may be gone. */
  reserve(bytes: number): number {
    const { memory } = this.#exports
    const missing = this.#base + bytes - memory.buffer.byteLength
    if (missing > 0) memory.grow(Math.ceil(missing / PAGE))
    return this.#base
  }

  /** After every call. Nothing in memory may be needed any more. */
  release(): void {
    if (this.#exports.memory.buffer.byteLength > MOST_KEPT) this.#exports = this.#instantiate()
  }

  /** Whole numbers to 32 bits each. @returns the address after them */
  put(numbers: readonly number[], address: number): number {
    // A loop: `set` takes longer for plain arrays.
    const view = new Int32Array(this.#exports.memory.buffer, address, numbers.length)
    for (let i = 0; i < numbers.length; i++) view[i] = numbers[i] ?? 0
    return address + 4 * numbers.length
  }

  putFloats(numbers: readonly number[], length: number, address: number): number {
    const view = new Float64Array(this.#exports.memory.buffer, address, length)
    for (let i = 0; i < length; i++) view[i] = numbers[i] ?? 0
    return address + 8 * length
  }

  take(address: number, length: number): number[] {
    // Array.from of a typed array takes twenty times as long.
    const view = new Int32Array(this.#exports.memory.buffer, address, length)
    const numbers = new Array<number>(length)
    for (let i = 0; i < length; i++) numbers[i] = view[i] ?? 0
    return numbers
  }
}

/** The next address that vectors and doubles may lie at. */
export function align(address: number): number {
  return Math.ceil(address / 16) * 16
}
