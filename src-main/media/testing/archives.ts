/** Archives for tests, written byte by byte: libraries refuse to make the hostile ones. */
import { crc32, deflateRawSync } from 'node:zlib'

export interface ZipPart {
  readonly name: string
  readonly data: Uint8Array
  readonly deflate?: boolean
  /** What the directory claims, when it is not the truth. */
  readonly declaredBytes?: number
  /** General purpose flags beside UTF-8; 1 = encrypted. */
  readonly flags?: number
  /** Unix mode, e.g. 0o120777 for a symbolic link. */
  readonly mode?: number
}

const UTF8 = 0x800

export function zipOf(...parts: readonly ZipPart[]): Buffer {
  const locals: Buffer[] = []
  const directory: Buffer[] = []
  let offset = 0
  for (const part of parts) {
    const packed = part.deflate ? deflateRawSync(part.data) : Buffer.from(part.data)
    const local = Buffer.concat([zipHeader(part, packed.length, null), packed])
    directory.push(zipHeader(part, packed.length, offset))
    locals.push(local)
    offset += local.length
  }
  const table = Buffer.concat(directory)
  const end = Buffer.alloc(22)
  end.writeUInt32LE(0x06054b50, 0)
  end.writeUInt16LE(parts.length, 8)
  end.writeUInt16LE(parts.length, 10)
  end.writeUInt32LE(table.length, 12)
  end.writeUInt32LE(offset, 16)
  return Buffer.concat([...locals, table, end])
}

/** A local header, or with `offset` the directory's record. */
function zipHeader(part: ZipPart, packedBytes: number, offset: number | null): Buffer {
  const name = Buffer.from(part.name)
  const facts = Buffer.alloc(26)
  facts.writeUInt16LE(20, 0)
  facts.writeUInt16LE(UTF8 | (part.flags ?? 0), 2)
  facts.writeUInt16LE(part.deflate ? 8 : 0, 4)
  facts.writeUInt32LE(crc32(part.data), 10)
  facts.writeUInt32LE(packedBytes, 14)
  facts.writeUInt32LE(part.declaredBytes ?? part.data.length, 18)
  facts.writeUInt16LE(name.length, 22)
  if (offset === null) return Buffer.concat([Buffer.from('PK\x03\x04', 'latin1'), facts, name])
  const place = Buffer.alloc(14)
  place.writeUInt32LE(((part.mode ?? 0) << 16) >>> 0, 6)
  place.writeUInt32LE(offset, 10)
  const madeByUnix = Buffer.from([20, 3])
  return Buffer.concat([Buffer.from('PK\x01\x02', 'latin1'), madeByUnix, facts, place, name])
}

export interface TarPart {
  readonly name: string
  readonly data: Uint8Array
  /** '0' file (default), '2' link, '5' folder, 'L' long name, 'x' pax facts. */
  readonly type?: string
}

export function tarOf(...parts: readonly TarPart[]): Buffer {
  const blocks = parts.flatMap(({ name, data, type = '0' }) => {
    const padding = Buffer.alloc((512 - (data.length % 512)) % 512)
    return [tarHeader(name, data.length, type), Buffer.from(data), padding]
  })
  return Buffer.concat([...blocks, Buffer.alloc(1024)])
}

function tarHeader(name: string, sizeBytes: number, type: string): Buffer {
  const header = Buffer.alloc(512)
  header.write(name, 0, 100)
  header.write('0000644\0', 100)
  header.write(`${sizeBytes.toString(8).padStart(11, '0')}\0`, 124)
  header.write('00000000000\0', 136)
  header.write('        ', 148)
  header.write(type, 156)
  header.write('ustar\0' + '00', 257)
  const sum = header.reduce((total, byte) => total + byte, 0)
  header.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148)
  return header
}
