import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import type { FunctionKind } from '#shared/domain/function.ts'
import { AppError } from '#shared/errors/app-error.ts'
import { functionFiles } from './function-files.ts'

/** Where each template goes. Names differ where packing the app would leave the file out. */
const FILES: readonly (readonly [template: string, target: string])[] = [
  ['KIND/function.yaml', 'nuclio/function.yaml'],
  ['KIND/main.py', 'nuclio/main.py'],
  ['KIND/model_handler.py', 'nuclio/model_handler.py'],
  ['common/picture.py', 'nuclio/picture.py'],
  ['common/requirements.txt', 'nuclio/requirements.txt'],
  ['KIND/test_function.py', 'tests/test_function.py'],
  ['common/stand_in.py', 'tests/stand_in.py'],
  ['common/README.txt', 'README.md'],
]

/**
 * Write a custom function that works as it is: a small honest algorithm where the person's model goes.
 * @param title  for people; its id for Nuclio is made of it
 * @returns what was written, relative to `dir`
 * @throws SCAFFOLD_EXISTS when there is anything in `dir`
 */
export async function writeScaffold(
  dir: string,
  kind: FunctionKind,
  title: string,
): Promise<{ readonly name: string; readonly files: string[] }> {
  const there = await readdir(dir).catch(() => [])
  if (there.length > 0) throw new AppError('SCAFFOLD_EXISTS', { path: dir })
  const name = nuclioName(title)
  const templates = functionFiles('templates')
  const about = JSON.parse(await readFile(join(templates, kind, 'about.json'), 'utf8')) as {
    about: string
    try: string
  }
  const words = { kind, title: oneLine(title), about: about.about, try: about.try, name }
  const written = ['tests/__init__.py']
  await put(join(dir, 'tests/__init__.py'), '')
  for (const [template, target] of FILES) {
    const text = await readFile(join(templates, template.replace('KIND', kind)), 'utf8')
    await put(join(dir, target), filled(text, words))
    written.push(target)
  }
  return { name, files: written.sort() }
}

/** Letters, digits and dashes: it becomes part of addresses and of container names. */
export function nuclioName(title: string): string {
  const name = title
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '')
  return name.slice(0, 60).replace(/-+$/, '') || 'my-function'
}

/** Names stand in YAML as they are: nothing of its grammar may be in them. */
function oneLine(title: string): string {
  return (
    title
      .replace(/[^\p{L}\p{N} ._()+-]+/gu, ' ')
      .replace(/\s+/g, ' ')
      .trim() || 'My function'
  )
}

/** Twice, since what is filled in may have gaps of its own. */
function filled(text: string, words: Readonly<Record<string, string>>): string {
  const once = (one: string) =>
    one.replace(/\{\{(\w+)\}\}/g, (gap, key: string) => words[key] ?? gap)
  return once(once(text))
}

async function put(path: string, text: string): Promise<void> {
  await mkdir(dirname(path), { recursive: true })
  await writeFile(path, text, { flag: 'wx' })
}
