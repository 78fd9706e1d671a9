/** What data.yaml says of a data set: its labels, its subsets, the joints of its skeletons. */
import type { DatasetInput } from '#main/core/ports.ts'
import {
  type DataYaml,
  namesOf,
  readDataYaml,
  wholeNumber,
  type YamlValue,
} from '../common/data-yaml.ts'
import { entryNames, readNameList, SPLITS } from '../common/wild-labels.ts'
import type { JointLayout } from './variant.ts'

export interface SubsetSource {
  readonly subset: string
  /** Folders, lists of pictures or pictures. */
  readonly paths: readonly string[]
  /** Keys that training tools do not know may mean something else altogether. */
  readonly isCertain: boolean
}

export interface Config {
  /** Entry that was read, for messages; null: there is no data.yaml, just a list of names. */
  readonly entry: string | null
  readonly names: ReadonlyMap<number, string>
  readonly joints: JointLayout | null
  readonly subsets: readonly SubsetSource[]
  /** Folders its paths begin in, likeliest first. */
  readonly roots: readonly string[]
}

/** Keys that are no subsets: CVAT's and Ultralytics' own, and what data sets say of themselves. */
export const RESERVED = ['backup', 'classes', 'names', 'path', 'kpt_shape', 'flip_idx']
const KNOWN = new Set([
  ...RESERVED,
  ...['kpt_names', 'skeleton', 'nc', 'channels', 'download', 'yaml_file', 'roboflow', 'task'],
  ...['license', 'licence', 'author', 'description', 'date', 'docs', 'version', 'stride', 'batch'],
  ...['imgsz', 'args', 'url', 'homepage', 'info', 'name', 'colors'],
])

/**
 * @returns null where nothing in the archive names labels
 * @throws DATASET_INVALID
 */
export async function readConfig(input: DatasetInput): Promise<Config | null> {
  const entries = entryNames(input)
  const candidates = [...entries].filter(([name]) => /\.ya?ml$/i.test(name)).sort(byLikelihood)
  for (const [name, entry] of candidates) {
    const yaml = await readDataYaml(input, entry)
    const names = namesOf(yaml)
    if (names !== null) return toConfig(yaml, names, name.slice(0, name.lastIndexOf('/') + 1))
  }
  const names = await readNameList(input, entries)
  return names && { entry: null, names, joints: null, subsets: [], roots: [''] }
}

/** Nearest to the top, data.yaml before others. */
function byLikelihood([a]: [string, string], [b]: [string, string]): number {
  const depth = (path: string) => path.split('/').length
  const isOther = (path: string) => (/(?:^|\/)data\.ya?ml$/i.test(path) ? 0 : 1)
  return depth(a) - depth(b) || isOther(a) - isOther(b) || (a < b ? -1 : 1)
}

function toConfig(yaml: DataYaml, names: ReadonlyMap<number, string>, folder: string): Config {
  const path = yaml.values.get('path')
  const base = typeof path === 'string' && path !== '' ? [`${folder}${path}`] : []
  return {
    entry: yaml.entry,
    names,
    joints: jointsOf(yaml, names),
    subsets: [...yaml.values].flatMap(([key, value]) => subsetOf(key, value)),
    roots: [...base, folder, ''],
  }
}

function subsetOf(key: string, value: YamlValue): SubsetSource[] {
  if (KNOWN.has(key.toLowerCase())) return []
  const list = Array.isArray(value) ? value : [value]
  const paths = list.filter((one): one is string => typeof one === 'string' && one.trim() !== '')
  if (paths.length === 0 || paths.length < list.length) return []
  return [{ subset: key, paths, isCertain: SPLITS.test(key) }]
}

function jointsOf(yaml: DataYaml, labels: ReadonlyMap<number, string>): JointLayout | null {
  const shape = yaml.values.get('kpt_shape')
  if (shape === undefined || shape === '') return null
  const [count, dims, ...more] = Array.isArray(shape) ? shape.map(wholeNumber) : []
  // No joint at all: what a task without skeletons is written as.
  const isShape =
    (dims === 2 || dims === 3) && more.length === 0 && (count ?? MOST_JOINTS + 1) <= MOST_JOINTS
  if (!isShape || typeof count !== 'number') {
    throw yaml.invalid('kpt_shape', 'it must be [number of joints, 2 or 3]')
  }
  return { count, dims, names: jointNames(yaml.values.get('kpt_names'), count, labels) }
}

const MOST_JOINTS = 10_000

/** A list for all labels, or a map of lists by the label's number; what is neither says nothing. */
function jointNames(
  value: YamlValue | undefined,
  count: number,
  labels: ReadonlyMap<number, string>,
): ReadonlyMap<number, readonly string[]> {
  const lists: [YamlValue, YamlValue][] =
    value instanceof Map
      ? [...value]
      : Array.isArray(value)
        ? [...labels.keys()].map((label) => [String(label), value])
        : []
  return new Map(
    lists.flatMap(([key, list]) => {
      const label = wholeNumber(key)
      const names = Array.isArray(list) ? list.filter((one) => typeof one === 'string') : []
      return label !== null && names.length === count && new Set(names).size === count
        ? [[label, names] as const]
        : []
    }),
  )
}
