import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Command, Option } from 'commander'
import { afterAll, expect, test } from 'vitest'
import { commandTree } from '../command-tree.ts'
import { completions, type Shell } from './index.ts'

function program(): Command {
  const root = new Command('fieldmark').option('--json', "one document, it's all there is")
  const task = root.command('task').description('tasks: media to annotate')
  task.command('ls').description('list them [all]')
  task
    .command('export-dataset')
    .description("write a task's annotations")
    .argument('<id>', 'task id')
    .argument('<file>', 'the archive')
    .option('--format <name>', 'see `fieldmark formats`')
    .option('--outdir <dir>', 'where to put it')
    .addOption(new Option('--quality <quality>', 'which').choices(['original', 'compressed']))
    .addOption(new Option('--secret').hideHelp())
  return root
}

const FORMATS = ['COCO 1.0', 'CVAT for images 1.1', 'YOLO 1.1']
const folder = mkdtempSync(join(tmpdir(), 'fieldmark-completion-'))
afterAll(() => rmSync(folder, { recursive: true }))

function script(shell: Shell): string {
  return completions[shell](commandTree(program()), FORMATS)
}

test('what is hidden is in none of them', () => {
  for (const shell of Object.keys(completions) as Shell[]) {
    expect(script(shell)).toContain('export-dataset')
    expect(script(shell)).not.toContain('secret')
  }
})

/** What bash offers for the last of these words. */
function bashOffers(...words: string[]): string[] {
  const call = `${script('bash')}
compopt() { :; }
COMP_WORDS=(${words.map((word) => `'${word}'`).join(' ')})
COMP_CWORD=${words.length - 1}
_fieldmark
printf '%s\\n' "\${COMPREPLY[@]}"`
  const { stdout, stderr } = spawnSync('bash', ['-c', call], { cwd: folder, encoding: 'utf8' })
  expect(stderr).toBe('')
  return stdout.split('\n').filter((line) => line !== '')
}

test.skipIf(!has('bash')).each([
  ['commands', ['fieldmark', ''], ['task', '--json', '--help']],
  ['commands of a group', ['fieldmark', 'task', 'ex'], ['export-dataset']],
  ['options', ['fieldmark', 'task', 'export-dataset', '--q'], ['--quality']],
  ['choices', ['fieldmark', 'task', 'export-dataset', '--quality', ''], ['original', 'compressed']],
  [
    'formats',
    ['fieldmark', 'task', 'export-dataset', '--format', 'C'],
    ['COCO\\ 1.0', 'CVAT\\ for\\ images\\ 1.1'],
  ],
  ['formats in quotes', ['fieldmark', 'task', 'export-dataset', '--format', '"YO'], ['YOLO 1.1']],
  ['files', ['fieldmark', 'task', 'export-dataset', '1', 'a'], ['a file.zip']],
])('bash: %s', (_name, words, offered) => {
  writeFileSync(join(folder, 'a file.zip'), '')
  expect(bashOffers(...words)).toEqual(expect.arrayContaining(offered))
})

test.skipIf(!has('fish'))('fish', () => {
  writeFileSync(join(folder, 'fieldmark.fish'), script('fish'))
  const offers = (line: string) => {
    const call = `source ${join(folder, 'fieldmark.fish')}; complete -C '${line}'`
    const { stdout, stderr } = spawnSync('fish', ['--no-config', '-c', call], {
      cwd: folder,
      encoding: 'utf8',
    })
    expect(stderr).toBe('')
    return stdout.split('\n').map((one) => one.split('\t')[0])
  }
  expect(offers('fieldmark ')).toContain('task')
  expect(offers('fieldmark task ')).toEqual(expect.arrayContaining(['ls', 'export-dataset']))
  expect(offers('fieldmark task export-dataset --q')).toContain('--quality')
  expect(offers('fieldmark task export-dataset --quality ')).toEqual(
    expect.arrayContaining(['original', 'compressed']),
  )
  expect(offers('fieldmark task export-dataset --format C').join()).toContain('COCO')
})

test.skipIf(!has('zsh'))(
  'zsh reads its script, and the script takes the place of a completion',
  () => {
    writeFileSync(join(folder, '_fieldmark'), script('zsh'))
    const call = `fpath=(${folder} $fpath); autoload -Uz compinit; compinit -D -u; print $_comps[fieldmark]; zsh -n ${join(folder, '_fieldmark')}; source ${join(folder, '_fieldmark')}; whence -w _fieldmark`
    const { stdout, stderr } = spawnSync('zsh', ['-f', '-c', call], { encoding: 'utf8' })
    expect(stderr).toBe('')
    expect(stdout).toBe('_fieldmark\n_fieldmark: function\n')
  },
)

function has(shell: string): boolean {
  return spawnSync(shell, ['--version']).status === 0
}
