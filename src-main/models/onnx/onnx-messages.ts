/**
 * The small messages of an ONNX file that tell what goes in and out of it.
 * @see https://github.com/onnx/onnx/blob/main/onnx/onnx.proto for the numbers
 */
import type { ValueFacts } from '../family.ts'
import { fieldsOf, partOf, textOf } from './wire.ts'

/** `TensorProto.DataType` in the words of ONNX Runtime. */
const typeNames = [
  'unknown',
  'float32',
  'uint8',
  'int8',
  'uint16',
  'int16',
  'int32',
  'int64',
  'string',
  'bool',
  'float16',
  'float64',
  'uint32',
  'uint64',
  'complex64',
  'complex128',
  'bfloat16',
]
const MOST_DIMS = 64

/** `StringStringEntryProto` */
export function entryIn(message: Uint8Array): [key: string, value: string] {
  let key = ''
  let value = ''
  for (const field of fieldsOf(message)) {
    if (field.number === 1) key = textOf(message, field)
    if (field.number === 2) value = textOf(message, field)
  }
  return [key, value]
}

/** `OperatorSetIdProto`. ONNX itself is '', which some write out. */
export function operatorSetIn(message: Uint8Array): [domain: string, version: number] {
  let domain = ''
  let version = 0
  for (const field of fieldsOf(message)) {
    if (field.number === 1) domain = textOf(message, field)
    if (field.number === 2) version = field.value
  }
  return [domain === 'ai.onnx' ? '' : domain, version]
}

/** `ValueInfoProto`. What is no tensor has a type that no tensor has, and no dims. */
export function valueIn(message: Uint8Array): ValueFacts {
  let name = ''
  let type = 'unknown'
  let dims: (number | string)[] = []
  for (const field of fieldsOf(message)) {
    if (field.number === 1) name = textOf(message, field)
    if (field.number !== 2) continue
    const typeMessage = partOf(message, field)
    for (const kind of fieldsOf(typeMessage)) {
      if (kind.number === 1) ({ type, dims } = tensorIn(partOf(typeMessage, kind)))
      else if (kind.number === 4) type = 'sequence'
      else if (kind.number === 5) type = 'map'
    }
  }
  return { name, type, dims }
}

function tensorIn(message: Uint8Array): { type: string; dims: (number | string)[] } {
  let type = 'unknown'
  let dims: (number | string)[] = []
  for (const field of fieldsOf(message)) {
    if (field.number === 1) type = typeNames[field.value] ?? 'unknown'
    if (field.number === 2) dims = dimsIn(partOf(message, field))
  }
  return { type, dims }
}

/** Exporters say 0 or -1 as well for what they do not know. */
function dimsIn(message: Uint8Array): (number | string)[] {
  const dims: (number | string)[] = []
  for (const field of fieldsOf(message)) {
    if (field.number !== 1 || dims.length === MOST_DIMS) continue
    let is: number | string = '?'
    const dim = partOf(message, field)
    for (const part of fieldsOf(dim)) {
      if (part.number === 1 && part.value > 0) is = part.value
      if (part.number === 2) is = textOf(dim, part) || '?'
    }
    dims.push(is)
  }
  return dims
}
