import i18next from 'i18next'
import { pickPaths } from '#renderer/state/pick.ts'
import { videoExtensions } from '#shared/media/video-names.ts'
import { openPaths } from './open-paths.ts'

/** Endings the pickers offer for media; the scanner itself looks into the files. */
export const mediaExtensions = [
  ...'jpg jpeg jpe jfif png webp gif tif tiff bmp avif'.split(' '),
  ...'zip tar tgz gz'.split(' '),
  ...videoExtensions,
]

export async function openFolder(): Promise<void> {
  const paths = await pickPaths({ mode: 'folder', title: i18next.t('start:openFolder') })
  if (paths && paths.length > 0) await openPaths(paths)
}

export async function openFiles(): Promise<void> {
  const paths = await pickPaths({
    mode: 'files',
    title: i18next.t('start:openFiles'),
    extensions: mediaExtensions,
  })
  if (paths && paths.length > 0) await openPaths(paths)
}
