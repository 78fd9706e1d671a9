import type { DatasetFrame, DatasetInput, FrameMatcher } from '#main/core/ports.ts'
import { withoutExtension } from '../frame-matcher.ts'

/**
 * MOT numbers frames from 1. Where all frames are themselves called by numbers (`000007.jpg`), those are their numbers;
 * null where they are not, or where one is 0, which MOT has no place for: then the order of the frames counts.
 */
export function numbersInNames(
  frames: Iterable<DatasetFrame>,
): ReadonlyMap<number, DatasetFrame> | null {
  const byNumber = new Map<number, DatasetFrame>()
  for (const frame of frames) {
    const number = numberIn(frame.name)
    if (number === null || number === 0 || byNumber.has(number)) return null
    byNumber.set(number, frame)
  }
  return byNumber.size > 0 ? byNumber : null
}

function numberIn(name: string): number | null {
  const stem = withoutExtension(name.slice(name.lastIndexOf('/') + 1))
  return /^\d{1,15}$/.test(stem) ? Number(stem) : null
}

const PICTURE = /(?:^|\/)img1\/(.+\.(?:jpe?g|png|bmp|webp|tiff?|gif|avif))$/i

/**
 * Which frame of the task a number of the file means, as a position from 0; not one of them where it means none. Numbers
 * in the task's own names decide, as they do on export; then pictures in the archive whose names the task knows; then the
 * order of the frames.
 */
export function frameResolver(
  input: DatasetInput,
  { matcher, taskFrames }: { readonly matcher: FrameMatcher; taskFrames(): Iterable<DatasetFrame> },
): (number: number) => number {
  const byNumber = numbersInNames(taskFrames())
  if (byNumber !== null) return (n) => byNumber.get(n)?.index ?? Number.NaN
  const pictures = input.entries.flatMap(
    ({ name }) => PICTURE.exec(name.replaceAll('\\', '/'))?.[1] ?? [],
  )
  if (!pictures.some((name) => numberIn(name) !== null)) {
    const indices = pictures.sort(byCodePoint).map((name) => matcher.match(name)?.index ?? null)
    const isKnown = (index: number | null) => index !== null
    // In the order of the task, where it knows them all: it may not have sorted them by their letters.
    if (indices.every(isKnown)) indices.sort((a, b) => (a ?? 0) - (b ?? 0))
    if (indices.some(isKnown)) return (n) => indices[n - 1] ?? Number.NaN
  }
  return (n) => n - 1
}

function byCodePoint(a: string, b: string): number {
  return a < b ? -1 : Number(a > b)
}
