import { createHash } from 'node:crypto'
import type { ModelPack } from '../../core/ports.ts'

/** Names the model whose embeddings these are: the same files read in the same way, wherever they lie. */
export function embeddingsOf({ manifest, stamp }: ModelPack): string {
  const { family, files, inputs, options } = manifest
  const hashes = Object.values(files).map(({ sha256 }) => sha256)
  const known = hashes.every((one) => one !== undefined) ? hashes : stamp
  const facts = JSON.stringify([family, files, inputs, options, known])
  return createHash('sha256').update(facts).digest('hex')
}
