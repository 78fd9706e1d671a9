import type { ModelManifest } from '#shared/domain/model-manifest.ts'
import type { RgbPicture } from '../../../core/ports.ts'
import type { ModelRuntime } from '../../family.ts'
import {
  type PictureTensorRule,
  type PreparedPicture,
  pictureTensors,
} from '../../tensors/picture-tensor.ts'
import { type InputDefaults, pictureInput, pictureInputOf } from './input-rule.ts'
import { misfit } from './refuse.ts'

/** How large a picture is fed to a net that takes any size. Pixels. */
export interface NaturalSize {
  /** The short side is made this long; left out: the picture keeps its size. */
  readonly shortSide?: number | undefined
  /** And the long side no longer than this. */
  readonly longSide: number
  /** Sides are padded (right, below) to multiples of it. */
  readonly divisor?: number | undefined
}

/** As many kinds of picture sizes are kept ready. */
const MOST_SIZES = 4

/**
 * The picture input of a net that takes pictures of any size: at the picture's own size, or at what its family was taught
 * with. Sides the file fixes, or the manifest gives, count as for every other net.
 */
export function openNaturalInput(
  manifest: ModelManifest,
  runtime: ModelRuntime,
  defaults: InputDefaults,
  size: NaturalSize,
) {
  const facts = runtime.facts('model')
  const found = pictureInputOf(facts)
  if (!found) throw misfit(manifest.id, 'no input takes a picture')
  const given = { ...manifest.inputs['*'], ...manifest.inputs.model }
  const isFree = typeof found.dims.width !== 'number' && given.width === undefined
  const { name, rule } = pictureInput(manifest, facts, 'model', defaults)
  const ready = new Map<string, (picture: RgbPicture) => PreparedPicture>()

  function readyFor(picture: RgbPicture) {
    const { content, ...shown } = isFree
      ? sidesOf(picture, size)
      : { width: rule.width, height: rule.height, fit: rule.fit, content: null }
    const key = JSON.stringify([shown.width, shown.height, shown.fit, content])
    const known = ready.get(key)
    if (known) return known
    // What is padded to a multiple is zero as the net sees it.
    const padAfter = isFree && size.divisor !== undefined ? 0 : rule.padAfter
    const made = pictureTensors({ ...rule, ...shown, ...(content ? { content } : {}), padAfter })
    const [oldest] = ready.keys()
    if (ready.size >= MOST_SIZES && oldest !== undefined) ready.delete(oldest)
    ready.set(key, made)
    return made
  }

  return {
    facts,
    name,
    rule,
    prepare: (picture: RgbPicture) => readyFor(picture)(picture),
  }
}

type Sides = Pick<PictureTensorRule, 'width' | 'height' | 'fit'> & {
  readonly content: PictureTensorRule['content'] | null
}

function sidesOf(
  { width, height }: RgbPicture,
  { shortSide, longSide, divisor }: NaturalSize,
): Sides {
  const wanted = shortSide === undefined ? 1 : shortSide / Math.min(width, height)
  const scale = Math.min(wanted, longSide / Math.max(width, height))
  const [w, h] = [Math.max(1, Math.trunc(width * scale)), Math.max(1, Math.trunc(height * scale))]
  if (divisor === undefined) return { width: w, height: h, fit: 'stretch', content: null }
  const up = (side: number) => Math.ceil(side / divisor) * divisor
  const content = { width: w, height: h, scale }
  return { width: up(w), height: up(h), fit: 'letterbox-corner', content }
}
