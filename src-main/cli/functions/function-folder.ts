import { readFile, stat } from 'node:fs/promises'
import { basename, dirname, join, resolve } from 'node:path'
import { AppError } from '#shared/errors/app-error.ts'
import { parseFunctionYaml } from '#shared/functions/nuclio/function-yaml.ts'
import type { NuclioFunction } from '#shared/functions/nuclio/nuclio-function.ts'
import { fieldsIn, isFields, textOf } from '#shared/functions/nuclio/plain-values.ts'

/** A function of Python as it lies in a folder, ready to be run. */
export interface FunctionFolder {
  /** What is /opt/nuclio in its container: the folder of its function.yaml. */
  readonly folder: string
  readonly yamlPath: string
  readonly function: NuclioFunction
  /** Of spec.handler: `main:handler`. */
  readonly module: string
  readonly entry: string
  /** Of spec.env. */
  readonly env: Readonly<Record<string, string>>
  /** As Nuclio's API describes it. */
  readonly described: object
}

/**
 * Read a function's folder: the one with function.yaml, or the one above its `nuclio`.
 * @param file  another name than function.yaml, such as function-gpu.yaml
 * @throws FUNCTION_YAML_INVALID
 */
export async function readFunctionFolder(
  dir: string,
  file = 'function.yaml',
): Promise<FunctionFolder> {
  const yamlPath = await findYaml(resolve(dir), file)
  const { function: one, value } = parseFunctionYaml(await readFile(yamlPath, 'utf8'), yamlPath)
  const { metadata, spec: specified } = fieldsIn(value)
  const spec = fieldsIn(specified)
  const runtime = textOf(spec.runtime) ?? 'python'
  if (!runtime.startsWith('python')) {
    const problem = `its runtime is ${runtime.slice(0, 50)}, and functions of Python are served here`
    throw new AppError('FUNCTION_YAML_INVALID', { path: yamlPath, where: 'spec', problem })
  }
  const [module = 'main', entry = 'handler'] = (textOf(spec.handler) ?? 'main:handler').split(':')
  return {
    folder: dirname(yamlPath),
    yamlPath,
    function: one,
    module: module.trim().replaceAll('/', '.').replace(/\.py$/, ''),
    entry: entry.trim(),
    env: envOf(spec.env),
    described: describe(one, fieldsIn(fieldsIn(metadata).annotations), spec),
  }
}

async function findYaml(dir: string, file: string): Promise<string> {
  for (const path of [join(dir, file), join(dir, 'nuclio', file)]) {
    const found = await stat(path).catch(() => null)
    if (found?.isFile()) return path
  }
  const problem = `there is no ${basename(file)} in it, nor in a folder nuclio below it`
  throw new AppError('FUNCTION_YAML_INVALID', { path: dir, where: '', problem })
}

/** `[{name, value}, …]`; what refers to secrets of a cluster has no value here. */
function envOf(value: unknown): Record<string, string> {
  if (!Array.isArray(value)) return {}
  const pairs = value.filter(isFields).flatMap((item) => {
    const name = textOf(item.name)
    const said = textOf(item.value)
    return name === null || said === null ? [] : [[name, said] as const]
  })
  return Object.fromEntries(pairs)
}

/** Annotations are texts to Nuclio, whatever the YAML has. */
function describe(
  { name }: NuclioFunction,
  annotations: Readonly<Record<string, unknown>>,
  { description, handler, runtime, triggers, eventTimeout }: Readonly<Record<string, unknown>>,
): object {
  const texts = Object.entries(annotations).map(([key, value]) => [
    key,
    textOf(value) ?? (value === null || value === undefined ? '' : JSON.stringify(value)),
  ])
  return {
    metadata: {
      name,
      namespace: 'nuclio',
      labels: { 'nuclio.io/project-name': 'cvat' },
      annotations: Object.fromEntries(texts) as object,
    },
    spec: { description: description ?? '', handler, runtime, triggers, eventTimeout },
  }
}
