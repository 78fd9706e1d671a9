/** The writing half of protobuf's wire format, as far as ONNX uses it. */

const VARINT = 0
const BYTES = 2
const FLOAT = 5

export function varint(value: number | bigint): Uint8Array {
  const bytes: number[] = []
  let rest = BigInt.asUintN(64, BigInt(value))
  while (rest > 127n) {
    bytes.push(Number(rest & 127n) | 128)
    rest >>= 7n
  }
  bytes.push(Number(rest))
  return Uint8Array.from(bytes)
}

const tag = (field: number, wire: number) => varint(field * 8 + wire)

export function integerField(field: number, value: number | bigint): Uint8Array {
  return concat([tag(field, VARINT), varint(value)])
}

export function bytesField(field: number, bytes: Uint8Array): Uint8Array {
  return concat([tag(field, BYTES), varint(bytes.length), bytes])
}

export function textField(field: number, text: string): Uint8Array {
  return bytesField(field, new TextEncoder().encode(text))
}

export function floatField(field: number, value: number): Uint8Array {
  return concat([tag(field, FLOAT), new Uint8Array(Float32Array.of(value).buffer)])
}

export function concat(parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const all = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0))
  let at = 0
  for (const part of parts) {
    all.set(part, at)
    at += part.length
  }
  return all
}
