import { createReadStream } from 'node:fs'
import { AppError } from '#shared/errors/app-error.ts'
import { parseEntry, parseKeyframe, parseProperties, parseType, parseVersion } from './items.ts'
import type { ImageEntry, Manifest, ManifestKeyframe, ManifestVersion } from './manifest.ts'
import { type Line, splitLines } from './split-lines.ts'

/** More than anybody annotates in one task; past it a file is an attack on our memory. */
const MOST_ITEMS = 5_000_000

/**
 * Read a manifest from its file. `index.json` is not looked at: it only says where in this file the items are.
 * @throws MANIFEST_INVALID with the line, MEDIA_NOT_FOUND
 */
export async function readManifest(path: string, signal?: AbortSignal): Promise<Manifest> {
  const stream = createReadStream(path, signal ? { signal } : {})
  try {
    return await parseManifest(stream, path)
  } catch (error) {
    if (error instanceof AppError) throw error
    if (signal?.aborted) throw new AppError('CANCELLED', { what: 'Reading the manifest' })
    throw new AppError('MEDIA_NOT_FOUND', { path }, { cause: error })
  }
}

/**
 * Versions 1.0 and 1.1, of pictures or of a video. Line ends may be CRLF, empty lines are passed over, keys that are not known
 * too.
 * @param path  what the manifest is called in errors
 * @throws MANIFEST_INVALID with the line, and what `bytes` throws
 */
export async function parseManifest(
  bytes: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
  path: string,
): Promise<Manifest> {
  const refuse = (line: number, problem: string) =>
    new AppError('MANIFEST_INVALID', { path, line, problem })
  const lines = new Objects(splitLines(piecesOf(bytes), refuse), refuse)
  const version = await lines.next(parseVersion, 'the version is missing')
  const type = await lines.next(parseType, 'the type is missing')
  return type === 'images' ? readImages(lines, version) : readVideo(lines, version)
}

async function* piecesOf(bytes: AsyncIterable<Uint8Array> | Iterable<Uint8Array>) {
  yield* bytes
}

async function readImages(lines: Objects, version: ManifestVersion): Promise<Manifest> {
  const entries: ImageEntry[] = []
  const lineOf = new Map<string, number>()
  for await (const entry of lines.rest(parseEntry)) {
    const earlier = lineOf.get(entry.name)
    if (earlier !== undefined)
      throw lines.refused(`"${entry.name}" is listed already, in line ${earlier}`)
    lineOf.set(entry.name, lines.number)
    entries.push(entry)
  }
  return { type: 'images', version, entries }
}

async function readVideo(lines: Objects, version: ManifestVersion): Promise<Manifest> {
  const properties = await lines.next(parseProperties, "the video's properties are missing")
  const keyframes: ManifestKeyframe[] = []
  for await (const keyframe of lines.rest(parseKeyframe)) {
    const last = keyframes.at(-1)
    if (last && (keyframe.number <= last.number || keyframe.pts <= last.pts))
      throw lines.refused(`keyframe ${keyframe.number} does not come after ${last.number}`)
    if (keyframe.number >= properties.length)
      throw lines.refused(`keyframe ${keyframe.number} lies behind the last frame`)
    keyframes.push(keyframe)
  }
  if (keyframes.length === 0) throw lines.refused('there is no keyframe')
  return { type: 'video', version, ...properties, keyframes }
}

/** The lines' JSON objects in turn, understood by whoever asks. */
class Objects {
  /** Of the line read last, from 1. */
  number = 0
  readonly #lines: AsyncIterator<Line>
  readonly #refuse: (line: number, problem: string) => Error

  constructor(lines: AsyncIterable<Line>, refuse: (line: number, problem: string) => Error) {
    this.#lines = lines[Symbol.asyncIterator]()
    this.#refuse = refuse
  }

  refused(problem: string): Error {
    return this.#refuse(this.number, problem)
  }

  /** @param parse  answers what it understood, or a clause that says why not */
  async next<T>(parse: Parse<T>, missing: string): Promise<T> {
    const text = await this.#nextText()
    if (text === null) throw this.refused(missing)
    return this.#understood(text, parse)
  }

  async *rest<T>(parse: Parse<T>): AsyncIterable<T> {
    for (let count = 0; ; count += 1) {
      const text = await this.#nextText()
      if (text === null) return
      if (count === MOST_ITEMS) throw this.refused(`there are more than ${MOST_ITEMS} items`)
      yield this.#understood(text, parse)
    }
  }

  async #nextText(): Promise<string | null> {
    for (;;) {
      const { value, done } = await this.#lines.next()
      if (done) return null
      this.number = value.number
      if (value.text.trim() !== '') return value.text
    }
  }

  #understood<T>(text: string, parse: Parse<T>): T {
    const found = parse(objectIn(text))
    if ('problem' in found) throw this.refused(found.problem)
    return found.value
  }
}

type Parse<T> = (object: unknown) => { readonly value: T } | { readonly problem: string }

/** Undefined for what is no JSON. */
function objectIn(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
