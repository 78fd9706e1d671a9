import { spawnSync } from 'node:child_process'
import { copyFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'

/**
 * The arrows of the tree, as biome.json knows them (docs/architecture.md draws them). A rule that is misspelt forbids
 * nothing and nobody notices, so each is shown one import it must refuse, and the neighbours it must let through.
 */
const refused: readonly [folder: string, imported: string, remedy: string][] = [
  ['src-shared/geometry/', 'node:fs/promises', 'src-shared runs in the browser too'],
  ['src-shared/geometry/', '../domain/label.ts', 'geometry/ imports nothing of ours'],
  ['src-shared/errors/', '#shared/domain/label.ts', 'errors/ imports nothing of ours'],
  ['src-shared/domain/', '../contract/index.ts', 'domain/ may use geometry/ and errors/ only'],
  ['src-shared/domain/', '@orpc/contract', 'Only src-shared/contract may know oRPC'],
  ['src-shared/operations/', '../contract/index.ts', 'operations/ may use domain/ only'],
  [
    'src-shared/functions/',
    '../contract/index.ts',
    'functions/ may use domain/, geometry/ and errors/',
  ],
  ['src-shared/contract/', '#main/core/core.ts', 'src-shared imports neither side'],
  ['native/', 'node:fs', 'Kernels run in the browser too'],
  ['native/', '#shared/domain/label.ts', 'native/ knows its twins'],
  ['native/', '../src-renderer/canvas/index.ts', 'native/ knows its twins'],
  ['src-main/store/', '../media/index.ts', 'Adapters never import each other'],
  ['src-main/store/', 'sharp', 'Only src-main/media may import sharp'],
  ['src-main/store/', '../core/compose.ts', 'An adapter knows core/ports.ts'],
  ['src-main/media/', '#main/formats/index.ts', 'Adapters never import each other'],
  ['src-main/media/', 'better-sqlite3', 'Only src-main/store may import better-sqlite3'],
  ['src-main/formats/coco/', '../../store/index.ts', 'Adapters never import each other'],
  ['src-main/connectors/nuclio/', '../../store/index.ts', 'Adapters never import each other'],
  ['src-main/requests/', '#main/http/app.ts', 'Adapters know nothing of the doors'],
  ['src-main/core/usecases/tasks/', '../../../store/index.ts', 'A use-case sees ports'],
  ['src-main/core/', '../media/index.ts', 'Only core/compose.ts may know an adapter'],
  ['src-main/core/work/', '#main/cli/main.ts', 'The core knows nothing of its doors'],
  ['src-main/http/', '../store/index.ts', 'The handler calls the Core'],
  ['src-main/cli/commands/', '#main/media/index.ts', 'A command speaks to the Client'],
  ['src-main/shells/web/', 'electron', 'Only src-main/shells/electron may import electron'],
  ['src-main/shells/web/', '../../store/index.ts', 'A shell calls the Core'],
  ['src-main/http/', '#renderer/state/client.ts', 'The core never knows its screen'],
  ['src-renderer/app/', 'node:path', 'The renderer has no Node'],
  ['src-renderer/state/', '#main/core/core.ts', 'The renderer reaches the core through'],
  ['src-renderer/canvas/tools/', 'react', 'The canvas is no React'],
  ['src-renderer/canvas/', '@orpc/client', 'The canvas speaks to no core'],
  ['src-renderer/canvas/2d/', '../../state/client.ts', 'The canvas is below all of these'],
  ['src-renderer/state/', '@mantine/core', 'State has no JSX'],
  ['src-renderer/workspace/', 'fabric', 'Only src-renderer/canvas may import fabric'],
  ['src-renderer/features/start/', '../tasks/card.tsx', 'Features never import each other'],
  ['src-renderer/features/start/', '../../workspace/page.tsx', 'Features are below the workspace'],
  ['src-renderer/ui/', '../state/client.ts', 'ui/ is our dress on Mantine'],
]
const allowed: readonly [folder: string, imported: string][] = [
  ['src-shared/domain/', 'zod'],
  ['src-shared/contract/', '@orpc/contract'],
  ['native/', '#shared/geometry/mask.ts'],
  ['src-renderer/canvas/', '#native/index.ts'],
  ['src-main/formats/coco/', '#native/index.ts'],
  ['src-main/store/', 'better-sqlite3'],
  ['src-main/store/', '#main/core/ports.ts'],
  ['src-main/media/', 'sharp'],
  ['src-main/core/usecases/', './requests/index.ts'],
  ['src-main/cli/', '#main/store/data-dir-lock.ts'],
  ['src-main/shells/electron/', 'electron'],
  ['src-renderer/canvas/2d/', 'fabric'],
  ['src-renderer/workspace/', '../features/labels/panel.tsx'],
  ['src-renderer/features/labels/actions/', '../panel.tsx'],
]

const root = join(import.meta.dirname, '..')
const tree = mkdtempSync(join(tmpdir(), 'fieldmark-arrows-'))
let messages = new Map<string, string>()

beforeAll(() => {
  copyFileSync(join(root, 'biome.json'), join(tree, 'biome.json'))
  for (const [folder, imported] of [...refused, ...allowed]) probe(folder, imported)
  messages = lintTree()
})
afterAll(() => rmSync(tree, { recursive: true, force: true }))

/** A file of that folder with that one import, in a tree of its own: biome reads stdin without telling what it found. */
function probe(folder: string, imported: string): void {
  const path = join(tree, probeName(folder, imported))
  mkdirSync(dirname(path), { recursive: true })
  writeFileSync(path, `export * from '${imported}'\n`)
}

function probeName(folder: string, imported: string): string {
  return `${folder}probe-${imported.replaceAll(/[^a-z0-9]+/gi, '-')}.ts`
}

function lintTree(): Map<string, string> {
  const biome = createRequire(import.meta.url).resolve('@biomejs/biome/bin/biome')
  const only = '--only=style/noRestrictedImports'
  const args = [biome, 'lint', only, '--reporter=json', '--max-diagnostics=none', '.']
  const run = spawnSync(process.execPath, args, { cwd: tree, encoding: 'utf8' })
  const report = JSON.parse(run.stdout) as {
    diagnostics: { message: string; location: { path: string } }[]
  }
  return new Map(report.diagnostics.map((one) => [slashes(one.location.path), one.message]))
}

function slashes(path: string): string {
  return path.replaceAll('\\', '/').replace(/^\.\//, '')
}

test.each(refused)('%s may not import %s', (folder, imported, remedy) => {
  expect(messages.get(probeName(folder, imported))).toContain(remedy)
})

test.each(allowed)('%s may import %s', (folder, imported) => {
  expect(messages.get(probeName(folder, imported))).toBeUndefined()
})
