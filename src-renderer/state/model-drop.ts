import { isVideoName } from '#shared/media/video-names.ts'
import type { Drop } from './dropped-files.ts'
import { namesInZip } from './names-in-zip.ts'

/** Endings the picker offers for models. */
export const modelExtensions = ['onnx', 'zip', 'json', 'yaml', 'yml']

/** A model by its name, also of a kind that cannot be used: the card says why, and what to do. */
const MODEL = /\.(onnx|ort|pt|pth|safetensors|tflite|h5|keras|engine|torchscript)$/i
const DESCRIPTION = /\.ya?ml$/i
const PICTURE = /\.(jpe?g|jpe|jfif|png|webp|gif|tiff?|bmp|avif)$/i
/** More are not looked through: what is dropped is then media. */
const MOST_FILES = 500

/**
 * Whether what was dropped is a model: a file of one, the YAML that describes one, an archive or a folder that holds one. What has
 * pictures or videos in it is media, whatever lies beside them.
 */
export async function isModelDrop({ files }: Drop): Promise<boolean> {
  let isModel = false
  let seen = 0
  for await (const { path, file } of files) {
    if (PICTURE.test(path) || isVideoName(path)) return false
    const isAlone = !path.includes('/')
    if (MODEL.test(path) || (isAlone && DESCRIPTION.test(path))) isModel = true
    else if (isAlone && /\.zip$/i.test(path)) {
      const names = await namesInZip(file)
      isModel ||=
        names.some((name) => MODEL.test(name)) && !names.some((name) => PICTURE.test(name))
    }
    seen += 1
    if (seen === MOST_FILES) break
  }
  return isModel
}

/**
 * What the card is to look at, of things that lie beside each other: the one thing, else what describes the others, else one of
 * them (the core finds the half of a pack beside its other half).
 * @param paths  of what was dropped or picked, absolute
 */
export function modelAmong(paths: readonly string[]): string | null {
  const found = [/[\\/]manifest\.json$/i, DESCRIPTION, /\.onnx$/i].flatMap((wanted) =>
    paths.filter((path) => wanted.test(path)).slice(0, 1),
  )
  return found[0] ?? paths[0] ?? null
}
