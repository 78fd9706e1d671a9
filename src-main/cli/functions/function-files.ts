import { fileURLToPath } from 'node:url'

/**
 * A folder of `resources/functions`. Python cannot look into the packed app's archive, so there they lie beside it. This file and
 * the bundle of the command line both lie two or three folders below the root that holds resources/.
 */
export function functionFiles(name: 'runner' | 'templates', from = import.meta.url): string {
  const up = from.includes('/src-main/') ? '../../../' : '../../'
  const folder = fileURLToPath(new URL(`${up}resources/functions/${name}`, from))
  return folder.replace(/app\.asar(?=[\\/])/, 'app.asar.unpacked')
}
