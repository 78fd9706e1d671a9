/**
 * Point clouds and the pictures taken with them, in the four layouts CVAT knows. A point cloud has no size in a manifest, and no
 * checksum.
 */
import type { Dirent } from 'node:fs'
import { readdir } from 'node:fs/promises'
import { join, posix, relative, sep } from 'node:path'
import { isPictureName } from '../picture-format.ts'
import { RELATED_FOLDER } from '../scan/related.ts'
import { compareCodePoints } from '../select/order.ts'
import type { ImageEntry } from './manifest.ts'

const CLOUD = /\.pcd$/i
/** KITTI's own layout has its clouds as bare floats. */
const KITTI_CLOUD = /(^|\/)velodyne_points\/data\/[^/]+\.bin$/i

/** True for a file of a folder that is a point cloud, by its path. */
export function isPointCloud(path: string): boolean {
  return CLOUD.test(path) || KITTI_CLOUD.test(path)
}

/** Every file below a folder, paths relative to it with forward slashes, hidden ones left out; not sorted. */
export async function filesBelow(root: string): Promise<string[]> {
  const found = await readdir(root, { recursive: true, withFileTypes: true })
  return found
    .filter((file) => !file.isDirectory())
    .map((file) => pathBelow(root, file))
    .filter((path) => !path.split('/').some((part) => part.startsWith('.') || part === '__MACOSX'))
}

function pathBelow(root: string, file: Dirent): string {
  return relative(root, join(file.parentPath, file.name)).split(sep).join('/')
}

/** The point clouds among the files of a folder, each with its context images. */
export function pointCloudEntries(files: readonly string[]): ImageEntry[] {
  const clouds = files.filter(isPointCloud)
  const pictures = files.filter(isPictureName)
  const byFolder = Map.groupBy(pictures, (path) => posix.parse(path).dir)
  const folders = [...byFolder.keys()]
  return clouds.map((name) => ({
    name,
    width: null,
    height: null,
    checksum: null,
    related: [...relatedOf(name, byFolder, folders)].toSorted(compareCodePoints),
  }))
}

function relatedOf(
  cloud: string,
  byFolder: ReadonlyMap<string, readonly string[]>,
  folders: readonly string[],
): Set<string> {
  const { dir, base, name: stem } = posix.parse(cloud)
  const inFolder = (folder: string) => byFolder.get(folder) ?? []
  const sameStem = (path: string) => posix.parse(path).name === stem
  const above = posix.join(dir, '..')
  const sly = posix.join(above, RELATED_FOLDER, base.replace(/\.(?=[^.]*$)/, '_'))
  const cameras = folders.filter((folder) => isCamera(folder, posix.join(above, '..')))
  return new Set([
    // A folder a frame: whatever else is in it. Otherwise beside the cloud, under the same name.
    ...(posix.basename(dir) === stem ? inFolder(dir) : inFolder(dir).filter(sameStem)),
    ...inFolder(sly),
    ...(/(^|\/)velodyne_points\/data$/.test(dir) ? cameras.flatMap(inFolder).filter(sameStem) : []),
  ])
}

/** `<root>/image_00/data`, whatever its case and number. */
function isCamera(folder: string, root: string): boolean {
  const camera = posix.dirname(folder)
  const isBelow = posix.dirname(camera) === root
  return isBelow && posix.basename(folder) === 'data' && /^image_\d/i.test(posix.basename(camera))
}
