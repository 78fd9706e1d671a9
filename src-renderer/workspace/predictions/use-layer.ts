import { useStore } from 'zustand'
import { useBench } from '../bench/context.ts'
import type { QueueState } from './difference-queue.ts'
import type { LayerState } from './prediction-layer.ts'

/** A part of the layer's state; renders again only when that part changes. */
export function useLayer<T>(select: (state: LayerState) => T): T {
  return useStore(useBench().predictions.state, select)
}

/** The same of the differences. */
export function useQueue<T>(select: (state: QueueState) => T): T {
  return useStore(useBench().differences.state, select)
}
