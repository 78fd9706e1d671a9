import { crc32 } from 'node:zlib'
import { z } from 'zod'
import type { Embedding, Tensor, TensorData } from '../../family.ts'

/**
 * An embedding as a file: a mark, the checksum and length of a JSON that names the tensors, that JSON, and their bytes one
 * after the other. It is a cache of this machine: numbers lie as this machine has them, and whatever does not fit is made anew.
 */
const MARK = 'FMEMBED1'
const HEAD_BYTES = MARK.length + 8

const kinds = {
  float32: Float32Array,
  float64: Float64Array,
  uint8: Uint8Array,
  int32: Int32Array,
  int64: BigInt64Array,
  bool: Uint8Array,
} as const

const listSchema = z.array(
  z.object({
    name: z.string(),
    type: z.enum(['float32', 'float64', 'uint8', 'int32', 'int64', 'bool']),
    dims: z.array(z.int().nonnegative()),
    bytes: z.int().nonnegative(),
  }),
)

export function writeEmbedding(embedding: Embedding): Buffer {
  const tensors = Object.entries(embedding)
  const list = tensors.map(([name, { type, dims, data }]) => ({
    ...{ name, type, dims, bytes: data.byteLength },
  }))
  const json = Buffer.from(JSON.stringify(list))
  const body = Buffer.concat([json, ...tensors.map(([, { data }]) => bytesOf(data))])
  const head = Buffer.alloc(HEAD_BYTES)
  head.write(MARK)
  head.writeUInt32LE(crc32(body), MARK.length)
  head.writeUInt32LE(json.length, MARK.length + 4)
  return Buffer.concat([head, body])
}

/** @returns null for what is damaged, or was never one */
export function readEmbedding(file: Buffer): Embedding | null {
  if (file.length < HEAD_BYTES || file.toString('latin1', 0, MARK.length) !== MARK) return null
  const body = file.subarray(HEAD_BYTES)
  if (crc32(body) !== file.readUInt32LE(MARK.length)) return null
  const jsonBytes = file.readUInt32LE(MARK.length + 4)
  const list = listSchema.safeParse(parsed(body.toString('utf8', 0, jsonBytes)))
  if (!list.success) return null
  const embedding: Record<string, Tensor> = {}
  let at = jsonBytes
  for (const { name, type, dims, bytes } of list.data) {
    // A copy of its own: numbers of eight bytes may not begin anywhere.
    const own = Uint8Array.from(body.subarray(at, at + bytes))
    const data = new kinds[type](own.buffer)
    if (data.length !== dims.reduce((product, dim) => product * dim, 1)) return null
    embedding[name] = { type, dims, data }
    at += bytes
  }
  return at === body.length ? embedding : null
}

function parsed(json: string): unknown {
  try {
    return JSON.parse(json)
  } catch {
    return null
  }
}

const bytesOf = ({ buffer, byteOffset, byteLength }: TensorData) =>
  new Uint8Array(buffer, byteOffset, byteLength)

export const embeddingBytes = (embedding: Embedding): number =>
  Object.values(embedding).reduce((sum, { data }) => sum + data.byteLength, 0)
