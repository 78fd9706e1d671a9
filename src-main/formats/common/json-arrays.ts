/**
 * Reads a JSON object of arrays (COCO, Datumaro) piece by piece, one element at a time: a file of 1 GB never sits in memory as one
 * tree. The scanner only finds where each value begins and ends, JSON.parse does the rest, so what is not strict JSON
 * (NaN, Infinity, trailing commas) is refused.
 */
import { AppError } from '#shared/errors/app-error.ts'

export interface JsonArraysOptions {
  /** For messages: the file a person knows, and the entry inside it. */
  readonly file: string
  readonly entry: string
  /** Top-level keys that must be arrays. */
  readonly arrays: ReadonlySet<string>
  /** Top-level keys that must be objects; their members are given one at a time. */
  readonly maps?: ReadonlySet<string>
  /** Arrays and maps whose elements are skipped unread. Looked at anew for each element: a reader may add to it on the way. */
  readonly skip?: ReadonlySet<string>
  /** Text before the file's own, to make an object of what is none. It counts in no place that is told. */
  readonly prefix?: string
  onElement(key: string, index: number, value: unknown): void
  /** Top-level values that are neither arrays nor maps. */
  onMember?(key: string, value: unknown): void
  /** A member of the map `key`. */
  onEntry?(key: string, name: string, value: unknown): void
}

export interface JsonArrays {
  write(piece: string): void
  /** @throws DATASET_INVALID when the text ended too early */
  end(): void
  /** Top-level keys whose value has been read to its end. */
  readonly finished: ReadonlySet<string>
}

type Expect =
  | 'object'
  | 'key or end'
  | 'key'
  | 'colon'
  | 'value'
  | 'comma or end'
  | 'element or end'
  | 'element'
  | 'element comma or end'
  | 'nothing'

const words: Record<Expect, string> = {
  object: 'an object "{"',
  'key or end': 'a key or "}"',
  key: 'a key',
  colon: '":"',
  value: 'a value',
  'comma or end': '"," or "}"',
  'element or end': 'an element or "]"',
  element: 'an element',
  'element comma or end': '"," or "]"',
  nothing: 'the end of the file',
}

const [QUOTE, BACKSLASH, COMMA, COLON] = [34, 92, 44, 58]
const [OPEN_BRACKET, CLOSE_BRACKET, OPEN_BRACE, CLOSE_BRACE] = [91, 93, 123, 125]
/** No honest annotation is as large; what is, would only fill the memory. */
const LARGEST_ELEMENT = 2 ** 26
const DEEPEST = 500

/** @throws DATASET_INVALID from `write` and `end`, naming line and character */
export function createJsonArrays(options: JsonArraysOptions): JsonArrays {
  return new Scanner(options)
}

class Scanner implements JsonArrays {
  readonly finished = new Set<string>()
  readonly #options: JsonArraysOptions
  #expect: Expect = 'object'
  #key = ''
  #index = 0
  #inArray = false
  /** The map whose members are being read. */
  #map: string | null = null
  /** The value being scanned: how deep, whether inside a string, its text so far. */
  #inValue = false
  #depth = 0
  #inString = false
  #escaped = false
  #capture = false
  #parts: string[] = []
  #captured = 0
  #valueAt = 0
  #valueLine = 1
  /** Characters and lines of the pieces before this one. */
  #base = 0
  #lines = 1
  #piece = ''
  /** How far the line breaks of this piece are counted, and the line there. */
  #counted = 0
  #lineAtCounted = 1

  constructor(options: JsonArraysOptions) {
    this.#options = options
    this.write(options.prefix ?? '')
    this.#base = 0
  }

  write(piece: string): void {
    this.#piece = piece
    for (let i = 0; i < piece.length; ) i = this.#inValue ? this.#scanValue(i) : this.#step(i)
    this.#lines = this.#lineAt(piece.length)
    this.#base += piece.length
    this.#piece = ''
    this.#counted = 0
    this.#lineAtCounted = this.#lines
  }

  end(): void {
    if (this.#inValue) this.#fail(0, 'the file ends in the middle of it')
    if (this.#expect !== 'nothing') {
      this.#fail(0, `the file ends where ${words[this.#expect]} should follow`)
    }
  }

  /** One character between values. */
  #step(i: number): number {
    const c = this.#piece.charCodeAt(i)
    if (c === 32 || c === 10 || c === 13 || c === 9) return i + 1
    switch (this.#expect) {
      case 'object':
        return this.#need(c === OPEN_BRACE, i, 'key or end')
      case 'key or end':
        return c === CLOSE_BRACE ? this.#endObject(i) : this.#startKey(c, i)
      case 'key':
        return this.#startKey(c, i)
      case 'colon':
        return this.#need(c === COLON, i, 'value')
      case 'value':
        return this.#startMember(c, i)
      case 'comma or end':
        if (c === COMMA) return this.#go(i, 'key')
        return c === CLOSE_BRACE ? this.#endObject(i) : this.#need(false, i, this.#expect)
      case 'element or end':
        return c === CLOSE_BRACKET ? this.#endArray(i) : this.#startValue(i)
      case 'element':
        return this.#startValue(i)
      case 'element comma or end':
        if (c === COMMA) return this.#go(i, 'element')
        return c === CLOSE_BRACKET ? this.#endArray(i) : this.#need(false, i, this.#expect)
      case 'nothing':
        return this.#need(false, i, this.#expect)
    }
  }

  #go(i: number, next: Expect): number {
    this.#expect = next
    return i + 1
  }

  #need(ok: boolean, i: number, next: Expect): number {
    if (!ok) this.#fail(i, `${words[this.#expect]} should stand here`)
    return this.#go(i, next)
  }

  #startKey(c: number, i: number): number {
    if (c !== QUOTE) this.#fail(i, `${words[this.#expect]} should stand here`)
    this.#expect = 'key'
    return this.#startValue(i)
  }

  /** Of a map, or of everything. */
  #endObject(i: number): number {
    if (this.#map === null) return this.#go(i, 'nothing')
    this.finished.add(this.#map)
    this.#map = null
    return this.#go(i, 'comma or end')
  }

  #startMember(c: number, i: number): number {
    if (this.#map !== null) return this.#startValue(i)
    if (this.finished.has(this.#key)) this.#fail(i, `"${this.#key}" appears twice`)
    if (c === OPEN_BRACKET && !this.#options.maps?.has(this.#key)) {
      this.#inArray = true
      this.#index = 0
      return this.#go(i, 'element or end')
    }
    if (this.#options.maps?.has(this.#key)) {
      if (c !== OPEN_BRACE) this.#fail(i, `"${this.#key}" must be an object`)
      this.#map = this.#key
      return this.#go(i, 'key or end')
    }
    if (this.#options.arrays.has(this.#key)) this.#fail(i, `"${this.#key}" must be an array`)
    return this.#startValue(i)
  }

  #endArray(i: number): number {
    this.#inArray = false
    this.finished.add(this.#key)
    return this.#go(i, 'comma or end')
  }

  #startValue(i: number): number {
    this.#inValue = true
    this.#depth = 0
    this.#inString = false
    this.#escaped = false
    this.#parts = []
    this.#captured = 0
    const list = this.#map ?? (this.#inArray ? this.#key : null)
    const isKey = this.#expect === 'key'
    this.#capture = isKey || list === null || !this.#options.skip?.has(list)
    this.#valueAt = this.#base + i
    this.#valueLine = this.#lineAt(i)
    return this.#scanValue(i)
  }

  /** From `i` to the end of the value or of the piece. Hot: every character of the file passes here. */
  #scanValue(start: number): number {
    const piece = this.#piece
    let depth = this.#depth
    let inString = this.#inString
    let escaped = this.#escaped
    let i = start
    for (; i < piece.length; i++) {
      const c = piece.charCodeAt(i)
      if (inString) {
        if (escaped) escaped = false
        else if (c === BACKSLASH) escaped = true
        else if (c === QUOTE) {
          inString = false
          if (depth === 0) return this.#endValue(start, i + 1)
        }
      } else if (c === QUOTE) {
        inString = true
      } else if (c === OPEN_BRACE || c === OPEN_BRACKET) {
        if (++depth > DEEPEST) this.#fail(i, `it is nested more than ${DEEPEST} deep`)
      } else if (c === CLOSE_BRACE || c === CLOSE_BRACKET) {
        // A closing bracket at depth 0 ends a bare number and belongs to what is around it.
        if (depth === 0) return this.#endValue(start, i)
        if (--depth === 0) return this.#endValue(start, i + 1)
      } else if (depth === 0 && (c === COMMA || c <= 32)) {
        return this.#endValue(start, i)
      }
    }
    this.#depth = depth
    this.#inString = inString
    this.#escaped = escaped
    this.#keep(start, i)
    return i
  }

  #keep(start: number, end: number): void {
    if (!this.#capture) return
    this.#captured += end - start
    if (this.#captured > LARGEST_ELEMENT) this.#fail(end, 'it is larger than 64 million characters')
    this.#parts.push(this.#piece.slice(start, end))
  }

  #endValue(start: number, end: number): number {
    this.#keep(start, end)
    const value = this.#capture ? this.#parse(this.#parts.join('')) : undefined
    if (this.#expect === 'key') {
      this.#key = String(value)
      this.#expect = 'colon'
    } else if (this.#inArray) {
      if (this.#capture) this.#options.onElement(this.#key, this.#index, value)
      this.#index++
      this.#expect = 'element comma or end'
    } else if (this.#map !== null) {
      if (this.#capture) this.#options.onEntry?.(this.#map, this.#key, value)
      this.#expect = 'comma or end'
    } else {
      this.#options.onMember?.(this.#key, value)
      this.finished.add(this.#key)
      this.#expect = 'comma or end'
    }
    // Only now: until here a failure belongs to this value.
    this.#inValue = false
    return end
  }

  #parse(text: string): unknown {
    try {
      return JSON.parse(text)
    } catch (cause) {
      const word = /\b(NaN|-?Infinity)\b/.exec(text.replace(/"(?:[^"\\]|\\.)*"/g, '""'))?.[0]
      const problem =
        word === undefined ? 'it is not valid JSON' : `${word} is not a number in JSON`
      throw this.#error(this.#valueAt, this.#valueLine, problem, cause)
    }
  }

  #fail(i: number, problem: string): never {
    throw this.#error(this.#base + i, this.#lineAt(i), problem)
  }

  /** Line of a place of this piece. Places come in order, so that every character is looked at once. */
  #lineAt(end: number): number {
    const piece = this.#piece
    let i = piece.indexOf('\n', this.#counted)
    for (; i >= 0 && i < end; i = piece.indexOf('\n', i + 1)) this.#lineAtCounted++
    // A piece without a further line break must not be searched to its end for each value again.
    this.#counted = i < 0 ? piece.length : Math.max(this.#counted, i)
    return this.#lineAtCounted
  }

  #entry(): string {
    return this.#map === null ? '' : `${this.#map}["${this.#key}"], `
  }

  #error(offset: number, line: number, problem: string, cause?: unknown): AppError {
    const { file, entry } = this.#options
    const element = this.#inArray ? `${this.#key}[${this.#index}], ` : this.#entry()
    const inside = entry === file ? '' : `${entry}, `
    const where = `${inside}${element}line ${line}, character ${offset + 1}`
    return new AppError('DATASET_INVALID', { file, where, problem }, { cause })
  }
}
