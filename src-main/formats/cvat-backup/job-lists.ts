/**
 * Reads `annotations.json`, a list of jobs with three lists each, element by element: the file of a task with a million shapes
 * never sits in memory. What stands between the elements does, each of them replaced by a 0, and is read as JSON at the end;
 * so whatever is not strict JSON is refused, wherever it stands.
 */
import type { Refuse } from './refuse.ts'

/** The lists of a job whose elements are handed out. */
const LISTS = ['tags', 'shapes', 'tracks'] as const
export type ListName = (typeof LISTS)[number]

export interface ListElement {
  /** Of the job in the file, from 0. */
  readonly job: number
  readonly list: ListName
  readonly index: number
  readonly value: unknown
}

/** No honest track is as large; what is would only fill the memory. In characters. */
const LARGEST_ELEMENT = 2 ** 26
const LARGEST_REST = 2 ** 28

const [QUOTE, BACKSLASH, COMMA] = [34, 92, 44]
const [OPEN_BRACKET, CLOSE_BRACKET, OPEN_BRACE, CLOSE_BRACE] = [91, 93, 123, 125]
/** Brackets open inside the list of jobs, inside a job, and inside a list of it. */
const [IN_FILE, IN_JOB, IN_LIST] = [1, 2, 3]

export class JobLists {
  readonly #refuse: Refuse
  readonly #found: ListElement[] = []
  #rest: string[] = []
  #restLength = 0
  #depth = 0
  #inString = false
  #escaped = false
  #job = -1
  /** The text of the string that began last directly inside a job: the key, when a list opens. */
  #key: string[] = []
  #list: ListName | null = null
  #index = 0
  /** The element being read: its text so far; null between elements. */
  #element: string[] | null = null
  #elementLength = 0
  #line = 1
  #elementLine = 1

  constructor(refuse: Refuse) {
    this.#refuse = refuse
  }

  /** Elements read since the last call. */
  take(): ListElement[] {
    return this.#found.splice(0)
  }

  /** @throws BACKUP_INVALID */
  write(piece: string): void {
    let from = 0
    for (let i = 0; i < piece.length; i += 1) {
      const c = piece.charCodeAt(i)
      if (c === 10) this.#line += 1
      if (this.#inString) {
        if (this.#escaped) this.#escaped = false
        else if (c === BACKSLASH) this.#escaped = true
        else if (c === QUOTE) {
          this.#inString = false
          if (this.#depth === IN_JOB) this.#key.push(piece.slice(from, i + 1))
          else continue
          from = this.#keep(piece, from, i + 1)
        }
        continue
      }
      if (this.#list !== null && this.#depth === IN_LIST) {
        const isEnd = c === COMMA || c === CLOSE_BRACKET
        if (this.#element !== null && isEnd) from = this.#endElement(piece, from, i)
        else if (this.#element === null && !isEnd && c > 32) from = this.#begin(piece, from, i)
      }
      if (c === QUOTE) {
        this.#inString = true
        if (this.#depth === IN_JOB) {
          from = this.#keep(piece, from, i)
          this.#key = []
        }
      } else if (c === OPEN_BRACE || c === OPEN_BRACKET) this.#open(c)
      else if (c === CLOSE_BRACE || c === CLOSE_BRACKET) this.#close()
    }
    this.#keep(piece, from, piece.length)
    if (this.#inString && this.#depth === IN_JOB) this.#key.push(piece.slice(from))
  }

  /** @returns how many jobs there were. @throws BACKUP_INVALID */
  end(): number {
    if (this.#depth > 0 || this.#inString)
      this.#refuse(`line ${this.#line}`, 'the text ends too early')
    const jobs = this.#parse(this.#rest.join(''), 'the text')
    if (!Array.isArray(jobs))
      return this.#refuse('', 'it must be a list with an object for each job')
    for (const [at, job] of jobs.entries()) {
      if (typeof job !== 'object' || job === null || Array.isArray(job))
        this.#refuse(`[${at}]`, 'it must be an object')
      for (const list of LISTS) {
        const value = (job as Record<string, unknown>)[list]
        if (value !== undefined && value !== null && !Array.isArray(value))
          this.#refuse(`[${at}].${list}`, 'it must be a list')
      }
    }
    return jobs.length
  }

  #open(c: number): void {
    if (this.#depth === IN_FILE && c === OPEN_BRACE) this.#job += 1
    if (this.#depth === IN_JOB && c === OPEN_BRACKET) {
      const key = this.#key.join('')
      this.#list = LISTS.find((list) => key === `"${list}"`) ?? null
      this.#index = 0
    }
    this.#depth += 1
  }

  #close(): void {
    this.#depth -= 1
    if (this.#depth === IN_JOB) this.#list = null
  }

  #begin(piece: string, from: number, i: number): number {
    this.#keep(piece, from, i)
    this.#element = []
    this.#elementLength = 0
    this.#elementLine = this.#line
    return i
  }

  #endElement(piece: string, from: number, i: number): number {
    this.#keep(piece, from, i)
    const text = (this.#element ?? []).join('')
    this.#element = null
    const list = this.#list ?? 'tags'
    const where = `[${this.#job}].${list}[${this.#index}]`
    const value = this.#parse(text, `${where}, line ${this.#elementLine}`)
    this.#found.push({ job: this.#job, list, index: this.#index, value })
    this.#index += 1
    this.#keep('0', 0, 1)
    return i
  }

  /** @returns where what follows begins */
  #keep(piece: string, from: number, to: number): number {
    if (to <= from) return to
    const text = from === 0 && to === piece.length ? piece : piece.slice(from, to)
    if (this.#element !== null) {
      this.#element.push(text)
      this.#elementLength += text.length
      if (this.#elementLength > LARGEST_ELEMENT)
        this.#refuse(`line ${this.#elementLine}`, 'one of its objects is larger than any object is')
      return to
    }
    this.#rest.push(text)
    this.#restLength += text.length
    if (this.#restLength > LARGEST_REST) this.#refuse('', 'it is larger than what it says')
    // Thousands of little pieces weigh more than the text they are.
    if (this.#rest.length > 4096) this.#rest = [this.#rest.join('')]
    return to
  }

  #parse(text: string, where: string): unknown {
    try {
      return JSON.parse(text)
    } catch (cause) {
      return this.#refuse(where, 'it is not valid JSON', cause)
    }
  }
}
