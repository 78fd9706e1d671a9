/**
 * `tf.train.Example`: a map of features by name, each a list of byte strings, floats or whole numbers.
 *
 *     Example { 1: Features { 1: repeated entry { 1: key, 2: Feature } } }
 *     Feature { 1: BytesList | 2: FloatList | 3: Int64List }, each list with 1: repeated value, numbers packed
 *
 * @see tensorflow/core/example/feature.proto
 */
import {
  BYTES,
  FIXED32,
  fieldsOf,
  MessageWriter,
  type Refuse,
  readVarint,
  VARINT,
} from './protobuf.ts'

export type Feature =
  | { readonly kind: 'bytes'; readonly values: readonly Uint8Array[] }
  | { readonly kind: 'floats'; readonly values: readonly number[] }
  | { readonly kind: 'ints'; readonly values: readonly number[] }

export type Features = ReadonlyMap<string, Feature>

const [BYTES_LIST, FLOAT_LIST, INT_LIST] = [1, 2, 3]

export function encodeExample(features: Features): Buffer {
  const map = new MessageWriter()
  for (const [name, feature] of features) {
    const entry = new MessageWriter().bytes(1, Buffer.from(name)).bytes(2, encodeFeature(feature))
    map.bytes(1, entry.finish())
  }
  return new MessageWriter().bytes(1, map.finish()).finish()
}

function encodeFeature(feature: Feature): Buffer {
  const list = new MessageWriter()
  const out = new MessageWriter()
  if (feature.kind === 'bytes') {
    for (const value of feature.values) list.bytes(1, value)
    return out.bytes(BYTES_LIST, list.finish()).finish()
  }
  if (feature.kind === 'floats') {
    const packed = Buffer.alloc(4 * feature.values.length)
    for (const [i, value] of feature.values.entries()) packed.writeFloatLE(value, 4 * i)
    return out.bytes(FLOAT_LIST, list.bytes(1, packed).finish()).finish()
  }
  const packed = new MessageWriter()
  for (const value of feature.values) packed.varint(value)
  return out.bytes(INT_LIST, list.bytes(1, packed.finish()).finish()).finish()
}

/** Of a feature that stands there twice the last one counts, as in any map. @param data  one record */
export function decodeExample(data: Buffer, refuse: Refuse): Features {
  const features = new Map<string, Feature>()
  for (const example of messages(data, 1, refuse)) {
    for (const entry of messages(example, 1, refuse)) {
      let name = ''
      let feature: Feature | null = null
      for (const { number, wireType, bytes } of fieldsOf(entry, refuse)) {
        if (wireType !== BYTES) continue
        if (number === 1) name = bytes.toString()
        else if (number === 2) feature = decodeFeature(bytes, refuse)
      }
      if (feature !== null) features.set(name, feature)
    }
  }
  return features
}

/** Messages in the fields of one number; other fields are of a later version and passed over. */
function* messages(message: Buffer, number: number, refuse: Refuse): Generator<Buffer> {
  for (const field of fieldsOf(message, refuse)) {
    if (field.number === number && field.wireType === BYTES) yield field.bytes
  }
}

function decodeFeature(message: Buffer, refuse: Refuse): Feature | null {
  let feature: Feature | null = null
  for (const { number, wireType, bytes } of fieldsOf(message, refuse)) {
    if (wireType !== BYTES) continue
    if (number === BYTES_LIST) feature = { kind: 'bytes', values: [...messages(bytes, 1, refuse)] }
    else if (number === FLOAT_LIST)
      feature = { kind: 'floats', values: decodeFloats(bytes, refuse) }
    else if (number === INT_LIST) feature = { kind: 'ints', values: decodeInts(bytes, refuse) }
  }
  return feature
}

/** Packed or one by one: writers do either. */
function decodeFloats(list: Buffer, refuse: Refuse): number[] {
  const values: number[] = []
  for (const { number, wireType, bytes } of fieldsOf(list, refuse)) {
    if (number !== 1 || (wireType !== BYTES && wireType !== FIXED32)) continue
    if (bytes.length % 4 !== 0) refuse('a list of floats is cut off')
    for (let at = 0; at < bytes.length; at += 4) values.push(bytes.readFloatLE(at))
  }
  return values
}

function decodeInts(list: Buffer, refuse: Refuse): number[] {
  const values: number[] = []
  for (const { number, wireType, bytes, value } of fieldsOf(list, refuse)) {
    if (number !== 1) continue
    if (wireType === VARINT) values.push(value)
    const cursor = { at: 0 }
    while (wireType === BYTES && cursor.at < bytes.length) {
      values.push(readVarint(bytes, cursor, refuse))
    }
  }
  return values
}
