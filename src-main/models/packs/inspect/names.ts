import { basename, extname } from 'node:path'

/** An id of a manifest out of any name: `YOLO v8 (best).onnx` is `yolo-v8-best`. */
export function slug(name: string): string {
  const plain = name
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[\u0300-\u036f]/g, '')
    .replace(/[^a-z0-9._-]+/g, '-')
    .replace(/^[^a-z0-9]+|[-._]+$/g, '')
  return plain.slice(0, 100) || 'model'
}

/** A name for people out of a file's: `desk_sam-encoder.onnx` is `desk sam-encoder`. */
export function titleOf(path: string): string {
  const stem = basename(path, extname(path))
  return stem.replaceAll('_', ' ').trim().slice(0, 200) || 'Model'
}

/** What files of one pack have in common: `desk-sam-encoder.onnx` and `desk-sam-decoder.onnx` are `desk-sam`. */
export function commonStem(files: readonly string[]): string {
  const stems = files.map((file) => basename(file, extname(file)))
  let common = stems[0] ?? ''
  for (const stem of stems) while (!stem.startsWith(common)) common = common.slice(0, -1)
  const bare = common.replace(/[-._ ]+$/, '')
  return bare.length >= 3 ? bare : ''
}
