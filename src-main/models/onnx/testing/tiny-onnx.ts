/**
 * ONNX files of a few nodes, made where a test needs one: what a real exporter would write, small enough to read in the test.
 *
 * ```ts
 * tinyModel({
 *   inputs: { x: { type: 'float32', dims: [1, 'n'] } },
 *   outputs: { y: { type: 'float32', dims: [1, 'n'] } },
 *   initializers: { one: { type: 'float32', dims: [1], data: [1] } },
 *   nodes: [{ op: 'Add', inputs: ['x', 'one'], outputs: ['y'] }],
 * })
 * ```
 * @see https://github.com/onnx/onnx/blob/main/onnx/onnx.proto
 */
import { toFloat16 } from '../float16.ts'
import { bytesField, concat, floatField, integerField, textField } from './protobuf.ts'

/** Numbers of `TensorProto.DataType`. */
const dataTypes = {
  float32: 1,
  uint8: 2,
  int8: 3,
  int32: 6,
  int64: 7,
  string: 8,
  bool: 9,
  float16: 10,
  float64: 11,
} as const
export type TinyType = keyof typeof dataTypes

export interface TinyValue {
  readonly type: TinyType
  /** A text names a dim that varies; `null` leaves it unsaid. Left out: not even the rank is said. */
  readonly dims?: readonly (number | string | null)[]
}

export interface TinyTensor {
  readonly type: Exclude<TinyType, 'string'>
  readonly dims: readonly number[]
  readonly data: ArrayLike<number | bigint>
}

/**
 * Whole numbers are ints, arrays of them ints; what is a float says so. A tensor is a tensor (`Constant` has `{ value }`).
 */
export type TinyAttribute =
  | number
  | string
  | readonly number[]
  | { readonly float: number }
  | { readonly floats: readonly number[] }
  | { readonly graph: TinyGraph }
  | TinyTensor

export interface TinyNode {
  readonly op: string
  readonly inputs?: readonly string[]
  readonly outputs: readonly string[]
  readonly attributes?: Readonly<Record<string, TinyAttribute>>
  /** '' is ONNX itself. */
  readonly domain?: string
}

export interface TinyGraph {
  readonly inputs: Readonly<Record<string, TinyValue>>
  readonly outputs: Readonly<Record<string, TinyValue>>
  readonly nodes: readonly TinyNode[]
  readonly initializers?: Readonly<Record<string, TinyTensor | ExternalTensor>>
}

export interface TinyModel extends TinyGraph {
  readonly metadata?: Readonly<Record<string, string>>
  readonly opset?: number
  /** By domain, beside ONNX itself. */
  readonly opsets?: Readonly<Record<string, number>>
  readonly producer?: string
  readonly irVersion?: number
}

/** Weights in a file beside the model. */
export interface ExternalTensor {
  readonly type: TinyTensor['type']
  readonly dims: readonly number[]
  readonly location: string
  readonly offset?: number
  readonly length?: number
}

/** @returns the bytes of an `.onnx` file */
export function tinyModel(model: TinyModel): Uint8Array<ArrayBuffer> {
  return concat([
    integerField(1, model.irVersion ?? 8),
    textField(2, model.producer ?? 'tiny'),
    bytesField(7, graph(model)),
    ...Object.entries({ '': model.opset ?? 17, ...model.opsets }).map(([domain, version]) =>
      bytesField(8, concat([textField(1, domain), integerField(2, version)])),
    ),
    ...Object.entries(model.metadata ?? {}).map((pair) => bytesField(14, entry(pair))),
  ])
}

function graph({ nodes, initializers = {}, inputs, outputs }: TinyGraph): Uint8Array {
  return concat([
    ...nodes.map((one) => bytesField(1, node(one))),
    textField(2, 'tiny'),
    ...Object.entries(initializers).map(([name, one]) => bytesField(5, tensor(one, name))),
    ...Object.entries(inputs).map((pair) => bytesField(11, value(pair))),
    ...Object.entries(outputs).map((pair) => bytesField(12, value(pair))),
  ])
}

function node({ op, inputs = [], outputs, attributes = {}, domain }: TinyNode): Uint8Array {
  return concat([
    ...inputs.map((name) => textField(1, name)),
    ...outputs.map((name) => textField(2, name)),
    textField(4, op),
    ...Object.entries(attributes).map((pair) => bytesField(5, attribute(pair))),
    ...(domain === undefined ? [] : [textField(7, domain)]),
  ])
}

function attribute([name, value]: [string, TinyAttribute]): Uint8Array {
  const named = (type: number, ...fields: Uint8Array[]) =>
    concat([textField(1, name), ...fields, integerField(20, type)])
  if (typeof value === 'number') return named(2, integerField(3, value))
  if (typeof value === 'string') return named(3, textField(4, value))
  if (isList(value)) return named(7, ...value.map((one) => integerField(8, one)))
  if ('float' in value) return named(1, floatField(2, value.float))
  if ('floats' in value) return named(6, ...value.floats.map((one) => floatField(7, one)))
  if ('graph' in value) return named(5, bytesField(6, graph(value.graph)))
  return named(4, bytesField(5, tensor(value, name)))
}

const isList = (value: TinyAttribute): value is readonly number[] => Array.isArray(value)

function tensor(given: TinyTensor | ExternalTensor, name: string): Uint8Array {
  return concat([
    ...given.dims.map((dim) => integerField(1, dim)),
    integerField(2, dataTypes[given.type]),
    textField(8, name),
    ...('data' in given ? [bytesField(9, rawData(given))] : external(given)),
  ])
}

function external({ location, offset, length }: ExternalTensor): Uint8Array[] {
  const facts = Object.entries({ location, offset, length }).filter(([, is]) => is !== undefined)
  return [
    ...facts.map(([key, is]) => bytesField(13, entry([key, String(is)]))),
    integerField(14, 1),
  ]
}

/** Little endian, as ONNX says and every machine we run on has it. */
function rawData({ type, data }: TinyTensor): Uint8Array {
  const numbers = () => Array.from(data, Number)
  switch (type) {
    case 'float32':
      return bytesOf(Float32Array.from(numbers()))
    case 'float64':
      return bytesOf(Float64Array.from(numbers()))
    case 'float16':
      return bytesOf(toFloat16(numbers()))
    case 'int32':
      return bytesOf(Int32Array.from(numbers()))
    case 'int64':
      return bytesOf(BigInt64Array.from(Array.from(data, BigInt)))
    case 'int8':
      return bytesOf(Int8Array.from(numbers()))
    default:
      return Uint8Array.from(numbers())
  }
}

const bytesOf = ({ buffer, byteOffset, byteLength }: ArrayBufferView): Uint8Array =>
  new Uint8Array(buffer as ArrayBuffer, byteOffset, byteLength)

function value([name, { type, dims }]: [string, TinyValue]): Uint8Array {
  const shape = dims && concat(dims.map((one) => bytesField(1, dim(one))))
  const tensorType = concat([
    integerField(1, dataTypes[type]),
    ...(shape ? [bytesField(2, shape)] : []),
  ])
  return concat([textField(1, name), bytesField(2, bytesField(1, tensorType))])
}

function dim(given: number | string | null): Uint8Array {
  if (given === null) return new Uint8Array()
  return typeof given === 'number' ? integerField(1, given) : textField(2, given)
}

function entry([key, value]: [string, string]): Uint8Array {
  return concat([textField(1, key), textField(2, value)])
}
