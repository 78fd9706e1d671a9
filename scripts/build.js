// Builds what runs: the page (dist/renderer) and the core with its shells (dist/main). Skips what has not changed.
import { createHash } from 'node:crypto'
import { mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

export const root = join(dirname(fileURLToPath(import.meta.url)), '..')
const dist = join(root, 'dist')
const stampFile = join(dist, 'build-stamp.json')

/** Everything else is bundled, which halves the start of the command line. These are native, or find files of their own. */
export const externals = [
  'better-sqlite3',
  'sharp',
  'node-av',
  'pino',
  'electron-updater',
  '@techstark/opencv-js',
  'onnxruntime-node',
]

/** Parts, each built only when its own sources changed. */
const parts = {
  page: {
    sources: [
      'src-shared',
      'native',
      'src-renderer',
      'resources/locales',
      'package-lock.json',
      'scripts/build.js',
    ],
    run: buildRenderer,
  },
  core: {
    sources: [
      'src-shared',
      'native',
      'src-main',
      'package.json',
      'package-lock.json',
      'scripts/build.js',
    ],
    run: buildMain,
  },
  preload: {
    sources: ['src-main/shells/electron', 'src-shared/contract/shell.ts', 'scripts/build.js'],
    run: buildPreload,
  },
}

/** Names of the parts that are missing or older than their sources. A few milliseconds: names, sizes and times only. */
export function needsBuild(names = Object.keys(parts)) {
  const stamps = readStamps()
  return names.filter((name) => stamps[name] !== fingerprint(parts[name].sources))
}

/**
 * Build what is stale. Two processes that start at once build one after the other, the second finding nothing to do.
 * @returns the names of what was built
 */
export async function build({ names = Object.keys(parts), force = false, tell = () => {} } = {}) {
  if (!force && needsBuild(names).length === 0) return []
  const unlock = await lockBuild()
  try {
    const stale = force ? names : needsBuild(names)
    if (stale.length > 0) tell('Building…')
    // What a test runner or a shell has put there would have React bundled as for development: three times as slow.
    process.env.NODE_ENV = 'production'
    const vite = await import('vite')
    for (const name of stale) {
      // Taken before: what changes while we build is stale again afterwards.
      const stamp = fingerprint(parts[name].sources)
      writeStamp(name, undefined)
      await parts[name].run(vite)
      writeStamp(name, stamp)
    }
    return stale
  } finally {
    unlock()
  }
}

function readStamps() {
  try {
    return JSON.parse(readFileSync(stampFile, 'utf8'))
  } catch {
    return {} // Nothing built yet, or a stamp that was cut short: both mean build.
  }
}

function writeStamp(name, stamp) {
  mkdirSync(dist, { recursive: true })
  writeFileSync(stampFile, JSON.stringify({ ...readStamps(), [name]: stamp }))
}

function fingerprint(sources) {
  const hash = createHash('sha256')
  const visit = (path) => {
    const full = join(root, path)
    const info = statSync(full, { throwIfNoEntry: false })
    if (info?.isDirectory()) for (const name of readdirSync(full).sort()) visit(`${path}/${name}`)
    else if (info && !/\.(test|case)\.tsx?$|\.md$|\/testdata\//.test(path))
      hash.update(`${path} ${info.size} ${info.mtimeMs}\n`)
  }
  for (const source of sources) visit(source)
  return hash.digest('hex')
}

function buildRenderer({ build }) {
  return build({ configFile: join(root, 'src-renderer/vite.config.ts'), logLevel: 'warn' })
}

/** One folder without subfolders: `worker.js` lies beside whichever chunk starts it, and `../../resources` is the root's. */
function buildMain({ build }) {
  return build({
    ...common(),
    build: {
      ...output('main'),
      rolldownOptions: {
        input: {
          cli: join(root, 'src-main/cli/main.ts'),
          worker: join(root, 'src-main/core/worker.ts'),
          'decode-worker': join(root, 'src-main/media/video/service/decode-worker.ts'),
          'inference-thread': join(root, 'src-main/models/onnx/inference-thread.ts'),
          'provider-trial': join(root, 'src-main/models/onnx/provider-trial.ts'),
          'answer-worker': join(root, 'src-main/connectors/nuclio/reading/answer-worker.ts'),
          'opencv-worker': join(root, 'src-main/models/opencv/opencv-worker.ts'),
          electron: join(root, 'src-main/shells/electron/main.ts'),
        },
        external: isExternal,
        output: { entryFileNames: '[name].js', chunkFileNames: 'chunk-[name]-[hash].js' },
      },
    },
  })
}

/** A sandboxed preload is one CommonJS file. */
function buildPreload({ build }) {
  return build({
    ...common(),
    build: {
      ...output('preload'),
      rolldownOptions: {
        input: join(root, 'src-main/shells/electron/preload.ts'),
        external: isExternal,
        output: { format: 'cjs', entryFileNames: 'preload.cjs' },
      },
    },
  })
}

const common = () => ({
  root,
  configFile: false,
  logLevel: 'warn',
  publicDir: false,
  ssr: { noExternal: true, external: ['electron', ...externals], target: 'node' },
})

const output = (folder) => ({
  ssr: true,
  outDir: join(dist, folder),
  emptyOutDir: true,
  target: 'node24',
  minify: false,
  sourcemap: false,
  reportCompressedSize: false,
})

function isExternal(id) {
  const isOurs = (name) => id === name || id.startsWith(`${name}/`)
  return id.startsWith('node:') || ['electron', ...externals].some(isOurs)
}

/** A folder is made by exactly one process. A holder that died is recognised by its pid. */
async function lockBuild() {
  mkdirSync(join(root, 'node_modules/.cache'), { recursive: true })
  const lock = join(root, 'node_modules/.cache/fieldmark-build')
  for (;;) {
    try {
      mkdirSync(lock)
      writeFileSync(join(lock, 'pid'), String(process.pid))
      return () => rmSync(lock, { recursive: true, force: true })
    } catch (error) {
      if (error.code !== 'EEXIST') throw error
      if (!isHeld(lock)) rmSync(lock, { recursive: true, force: true })
      await new Promise((resolve) => setTimeout(resolve, 200))
    }
  }
}

function isHeld(lock) {
  try {
    process.kill(Number(readFileSync(join(lock, 'pid'), 'utf8')), 0)
    return true
  } catch (error) {
    // No pid yet: its maker is between two lines, unless the folder is old.
    const age = Date.now() - (statSync(lock, { throwIfNoEntry: false })?.mtimeMs ?? 0)
    return error.code === 'EPERM' || (error.code === 'ENOENT' && age < 5_000)
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const named = Object.keys(parts).filter((name) => process.argv.includes(name))
  const started = Date.now()
  const tell = (line) => process.stderr.write(`${line}\n`)
  const built = await build({
    ...(named.length > 0 ? { names: named } : {}),
    force: process.argv.includes('--force'),
    tell,
  })
  const seconds = ((Date.now() - started) / 1000).toFixed(1)
  tell(built.length > 0 ? `Built ${built.join(' and ')} in ${seconds} s.` : 'dist/ is up to date.')
}
