/** An archive's list of names is rarely larger; of one that is, nothing is said. */
const MOST_BYTES = 4 * 2 ** 20
/** The record at the end, and the longest comment after it. */
const END_BYTES = 22 + 0xffff

/**
 * Names of what a zip holds, by its list at the end; nothing of it is unpacked.
 * @returns [] of what is no zip, is cut off, or is larger than 4 GB
 */
export async function namesInZip(file: Blob): Promise<string[]> {
  const end = await viewOf(file.slice(Math.max(0, file.size - END_BYTES)))
  const at = lastIndexOf(end, 0x06054b50)
  if (at < 0 || at + 22 > end.byteLength) return []
  const size = end.getUint32(at + 12, true)
  const start = end.getUint32(at + 16, true)
  if (size > MOST_BYTES || start + size > file.size) return []
  return entryNames(await viewOf(file.slice(start, start + size)))
}

function entryNames(list: DataView): string[] {
  const names: string[] = []
  const text = new TextDecoder()
  let at = 0
  while (at + 46 <= list.byteLength && list.getUint32(at, true) === 0x02014b50) {
    const length = list.getUint16(at + 28, true)
    const next = at + 46 + length + list.getUint16(at + 30, true) + list.getUint16(at + 32, true)
    if (next > list.byteLength) break
    names.push(text.decode(new Uint8Array(list.buffer, at + 46, length)))
    at = next
  }
  return names
}

function lastIndexOf(view: DataView, signature: number): number {
  for (let at = view.byteLength - 4; at >= 0; at -= 1)
    if (view.getUint32(at, true) === signature) return at
  return -1
}

const viewOf = async (blob: Blob) => new DataView(await blob.arrayBuffer())
