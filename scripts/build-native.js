// `npm run native`: compiles native/assembly to native/kernels.wasm.ts, which is committed. A test compiles it again and
// compares, so the two cannot drift apart.
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('..', import.meta.url))
export const target = join(root, 'native/kernels.wasm.ts')

/** @returns the text of native/kernels.wasm.ts */
export async function compileKernels() {
  // Here, not above: only who changes kernels waits for the compiler to load.
  const { default: asc } = await import('assemblyscript/asc')
  const outputs = new Map()
  const flags = ['--baseDir', root, '--outFile', 'kernels.wasm', '-O3', '--noAssert']
  const features = [
    '--runtime',
    'stub',
    '--use',
    'abort=',
    '--enable',
    'simd',
    '--enable',
    'nontrapping-f2i',
  ]
  const { error, stderr } = await asc.main(['native/assembly/index.ts', ...flags, ...features], {
    writeFile: (name, contents) => outputs.set(name, contents),
  })
  if (error) throw new Error(`native/assembly does not compile:\n${stderr}`)
  const base64 = Buffer.from(outputs.get('kernels.wasm')).toString('base64')
  return [
    '/** native/assembly, compiled by `npm run native`. Not for editing. */',
    `export const kernelsWasm =\n  '${base64}'`,
    '',
  ].join('\n')
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  writeFileSync(target, await compileKernels())
}
