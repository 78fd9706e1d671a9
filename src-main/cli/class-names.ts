import { readFile } from 'node:fs/promises'
import { resolve } from 'node:path'
import { COCO_80, COCO_91 } from '#shared/domain/coco-names.ts'
import { AppError } from '#shared/errors/app-error.ts'

/** Lists that are known by a name. */
const known: ReadonlyMap<string, readonly string[]> = new Map([
  ['coco', COCO_80],
  ['coco91', COCO_91],
])

/**
 * `--labels NAMES|FILE`: names of classes in the order of their index, parted by commas, or in a file with a line each;
 * `coco` and `coco91` stand for COCO's.
 * @throws INPUT_INVALID
 */
export async function classNames(
  value: string | undefined,
  cwd: string,
): Promise<string[] | undefined> {
  if (value === undefined) return undefined
  const list = known.get(value)
  if (list !== undefined) return [...list]
  const text = await readFile(resolve(cwd, value), 'utf8').catch(() => null)
  const names = (text === null ? value.split(',') : text.split(/\r?\n/)).map((name) => name.trim())
  const said = names.filter((name) => name !== '')
  if (text === null && /\.(txt|names|ya?ml|json)$/i.test(value)) {
    throw new AppError('INPUT_INVALID', { where: '--labels', problem: `there is no file ${value}` })
  }
  if (said.length > 0) return said
  throw new AppError('INPUT_INVALID', { where: '--labels', problem: 'it names nothing' })
}
