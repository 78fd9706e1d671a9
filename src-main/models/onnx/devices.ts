import type { ModelPack } from '../../core/ports.ts'

/** Execution providers of ONNX Runtime as people know them. */
const titles: Readonly<Record<string, string>> = {
  cpu: 'CPU',
  cuda: 'CUDA',
  tensorrt: 'TensorRT',
  dml: 'DirectML',
  coreml: 'Core ML',
  webgpu: 'WebGPU',
}

/** What models can run on, here. */
export interface Devices {
  /** What a pack runs on: what a person chose, else the quickest that is known to answer like the processor. */
  choose(pack: ModelPack): Promise<string>
  /** As people know it. */
  title(executionProvider: string): string
}

export function createDevices(): Devices {
  return {
    choose: async (pack) => pack.executionProvider ?? 'cpu',
    title: (name) => titles[name] ?? name,
  }
}
