import { existsSync, readdirSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'

/** An execution provider of ONNX Runtime, as people know it. */
export interface KnownProvider {
  readonly name: string
  readonly title: string
  /** Why it cannot be there, as far as that is known without trying; '' when it may. A clause without a full stop. */
  impossible(): string
}

const on = (platform: NodeJS.Platform, title: string) =>
  process.platform === platform ? '' : `it is of ${title} alone`

/** The processor first: it is always there, and all others are compared with it. */
export const knownProviders: readonly KnownProvider[] = [
  { name: 'cpu', title: 'CPU', impossible: () => '' },
  { name: 'cuda', title: 'CUDA', impossible: () => withoutLibrary('cuda') },
  { name: 'tensorrt', title: 'TensorRT', impossible: () => withoutLibrary('tensorrt') },
  { name: 'dml', title: 'DirectML', impossible: () => on('win32', 'Windows') },
  { name: 'coreml', title: 'Core ML', impossible: () => on('darwin', 'macOS') },
  { name: 'webgpu', title: 'WebGPU', impossible: withoutGraphics },
]

export const titleOf = (name: string) =>
  knownProviders.find((one) => one.name === name)?.title ?? name

/** NVIDIA's come as libraries of their own, which are put beside ONNX Runtime's. */
function withoutLibrary(name: string): string {
  if (process.platform === 'darwin') return 'NVIDIA makes nothing for macOS'
  const prefix = process.platform === 'win32' ? '' : 'lib'
  const suffix = process.platform === 'win32' ? 'dll' : 'so'
  const library = `${prefix}onnxruntime_providers_${name}.${suffix}`
  return existsSync(join(runtimeFolder(), library)) ? '' : `${library} is not installed`
}

function runtimeFolder(): string {
  const main = createRequire(import.meta.url).resolve('onnxruntime-node')
  const folder = join(dirname(main), '../bin/napi-v6', process.platform, process.arch)
  // What is loaded by the system lies beside the archive of a packed app.
  return folder.replace(/app\.asar(?=[\\/])/, 'app.asar.unpacked')
}

/** Linux shows every graphics processor as a file. */
function withoutGraphics(): string {
  if (process.platform !== 'linux') return ''
  const found = ['/dev/dri', '/dev'].some((folder) => {
    const names = existsSync(folder) ? readdirSync(folder) : []
    return names.some((name) => /^(renderD\d+|nvidia\d+|dxg)$/.test(name))
  })
  return found ? '' : 'this machine has no graphics processor that could be used'
}
