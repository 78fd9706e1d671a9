import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { externals } from './build.js'
import { root } from './toolchain.js'

/**
 * What goes into the app: what was built, the sample, the models that ship, and of node_modules only what the bundle left outside: the native
 * packages and what they need, for this platform. The rest is in the bundle already.
 */
export function packedFiles() {
  const needed = [...closure(externals)].sort()
  return [
    'dist/main/**',
    'dist/preload/**',
    'dist/renderer/**',
    'resources/sample/**',
    'resources/functions/**',
    'package.json',
    '!node_modules/**',
    ...needed.map((name) => `node_modules/${name}/**`),
    // It brings every platform's libraries, and what its install script would need to fetch more.
    '!node_modules/onnxruntime-node/{bin,lib,node_modules,script}/**',
    `node_modules/onnxruntime-node/bin/napi-v6/${process.platform}/${process.arch}/**`,
    '!**/*.{d.ts,d.mts,d.cts,map,md,c,cc,cpp,h,hpp,gyp}',
    '!**/{test,tests,__tests__,docs,example,examples}/**',
    // After what is left out: the cards of the models are Markdown that people read.
    'models/**',
  ]
}

/** What only an install script needs, which nobody runs. */
const installOnly = new Set(['adm-zip', 'global-agent'])

/** A package, what it depends on, and what is installed of its optional (per platform) dependencies. */
function closure(names, found = new Set()) {
  for (const name of names) {
    const manifest = join(root, 'node_modules', name, 'package.json')
    if (found.has(name) || installOnly.has(name) || !existsSync(manifest)) continue
    found.add(name)
    const { dependencies = {}, optionalDependencies = {} } = JSON.parse(
      readFileSync(manifest, 'utf8'),
    )
    closure([...Object.keys(dependencies), ...Object.keys(optionalDependencies)], found)
  }
  return found
}
