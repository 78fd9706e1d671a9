import type { ModelPack } from '../../core/ports.ts'

/** Where the packs come from that can be called. See models/packs/. */
export interface PackSource {
  /** Quick; a damaged pack is there with its problem. */
  list(): Promise<readonly ModelPack[]>
}
