import type { Family } from '../family.ts'
import { reidEmbedding } from './reid-embedding.ts'

export const reids: readonly Family[] = [reidEmbedding]
