import { nameEnd } from './names.ts'
import { CONTROL, refuseForbidden, TEXT_CONTROL, unescaped } from './references.ts'

/** What a document consists of, in the order it comes. `refuse` says what is wrong with it and does not come back. */
export interface XmlHandlers {
  open(name: string, attributes: Readonly<Record<string, string>>): void
  /** Character data, whole or in pieces, references and CDATA resolved. Only inside the root element. */
  text(text: string): void
  comment(text: string): void
  close(name: string): void
  refuse(problem: string): never
}

/** An attribute as elements of a name begin it: ` xtl="`. */
interface Usual {
  readonly opening: string
  readonly key: string
}

/** Element names, and attributes of one, that are remembered. */
const MOST_USUAL = 64
/** No format has a tenth of them. */
const MOST_ATTRIBUTES = 1000

const [TAB, NEWLINE, RETURN, SPACE] = [9, 10, 13, 32]
const [BANG, QUOTE, APOSTROPHE, SLASH, EQUALS, GREATER, QUESTION] = [33, 34, 39, 47, 61, 62, 63]

/**
 * A streaming reader of well-formed XML 1.0 without a DOCTYPE: no entity can be declared, so nothing expands. It looks for
 * ends (`<`, `>`, quotes) with the string search of the engine and touches single characters in names only, which is what
 * makes it several times faster than a reader that walks every character.
 *
 * A token is handed out once it is here whole; what is not waits for the next piece. A token longer than a piece is looked
 * at again each time what is here has doubled, so that its cost stays in proportion.
 * @see https://www.w3.org/TR/xml/
 */
export class XmlTokenizer {
  readonly #on: XmlHandlers
  readonly #open: string[] = []
  readonly #usuals = new Map<string, Usual[]>()
  #rest = ''
  /** Below so many characters the token at the front of `rest` is not looked at again. */
  #wanted = 0
  #linesBefore = 0
  #at = 0
  #hadRoot = false
  /** Where the next character stands that keeps a value from being itself, as far as anybody has looked. */
  #special = -1
  #isFirst = true

  constructor(handlers: XmlHandlers) {
    this.#on = handlers
  }

  /** The line of the token that was handed out last, from 1. */
  get line(): number {
    return 1 + this.#linesBefore + newlines(this.#rest, this.#at)
  }

  /** How many characters wait for the end of their token. */
  get waiting(): number {
    return this.#rest.length
  }

  write(piece: string): void {
    this.#rest = this.#rest === '' ? piece : this.#rest + piece
    if (this.#rest.length < this.#wanted) return
    this.#at = 0
    this.#special = -1
    const end = this.#tokens(this.#rest)
    this.#linesBefore += newlines(this.#rest, end)
    this.#rest = this.#rest.slice(end)
    this.#wanted = 2 * this.#rest.length
    this.#at = 0
  }

  /** The document ends here. */
  end(): void {
    this.#wanted = 0
    this.write('')
    const [next] = this.#open.slice(-1)
    if (next !== undefined) this.#on.refuse(`the file ends inside <${next}>`)
    if (this.#rest !== '') {
      if (this.#rest.trim() !== '') this.#on.refuse('the file ends in the middle of a tag')
    }
    if (!this.#hadRoot) this.#on.refuse('it holds no element')
  }

  /** Hand out what is whole. @returns where the first token begins that is not */
  #tokens(text: string): number {
    if (this.#isFirst && text !== '') {
      this.#isFirst = false
      if (text.charCodeAt(0) === 0xfeff) this.#at = 1
    }
    for (;;) {
      const from = this.#at
      const next = text.indexOf('<', from)
      if (next < 0) return this.#trailingText(text, from)
      this.#at = next
      if (next > from) this.#text(text.slice(from, next))
      const end = this.#markup(text, next)
      if (end < 0) return next
      this.#at = end
    }
  }

  /** Text whose end is not here yet goes out but for what may be the beginning of a reference or a line end. */
  #trailingText(text: string, from: number): number {
    const reference = text.indexOf('&', Math.max(from, text.length - LONGEST_REFERENCE))
    let end = reference < 0 ? text.length : reference
    // A carriage return, and the brackets of a `]]>`, belong to what follows them.
    while (end > from && (text[end - 1] === '\r' || text[end - 1] === ']')) end -= 1
    this.#at = end
    if (end > from) this.#text(text.slice(from, end))
    return end
  }

  #text(raw: string): void {
    if (this.#open.length === 0) {
      if (raw.trim() !== '') this.#on.refuse('there is text outside of the root element')
      return
    }
    if (isBlank(raw)) this.#on.text(raw)
    else this.#tell(raw)
  }

  #tell(raw: string): void {
    if (raw.includes(']]>')) this.#on.refuse('"]]>" stands in a text')
    this.#on.text(TEXT_CONTROL.test(raw) ? unescaped(lineEnds(raw), this.#on.refuse) : raw)
  }

  /** @returns behind the markup at `at`; -1 when its end is not here */
  #markup(text: string, at: number): number {
    const second = text.charCodeAt(at + 1)
    if (second === SLASH) return this.#closeTag(text, at + 2)
    if (second === QUESTION) return this.#instruction(text, at + 2)
    if (second === BANG) return this.#declaration(text, at)
    return Number.isNaN(second) ? -1 : this.#openTag(text, at + 1)
  }

  /** Its content means nothing to us, but it must be one. */
  #instruction(text: string, from: number): number {
    return this.#until(text, from, '?>', (content) => {
      const end = nameEnd(content, 0)
      const isNamed = end > 0 && (end === content.length || isSpace(content.charCodeAt(end)))
      if (!isNamed) this.#on.refuse('"<?" is not followed by a name')
      const isLate = this.#linesBefore > 0 || from > 3
      if (isLate && /^xml$/i.test(content.slice(0, end))) {
        this.#on.refuse('the XML declaration does not stand at the beginning')
      }
    })
  }

  #declaration(text: string, at: number): number {
    if (text.startsWith('<!--', at)) {
      return this.#until(text, at + 4, '-->', (comment) => {
        if (comment.includes('--') || comment.endsWith('-'))
          this.#on.refuse('"--" stands in a comment')
        this.#on.comment(lineEnds(comment))
      })
    }
    if (text.startsWith('<![CDATA[', at)) {
      if (this.#open.length === 0) this.#on.refuse('there is text outside of the root element')
      return this.#until(text, at + 9, ']]>', (data) => this.#on.text(lineEnds(data)))
    }
    if (
      text.length - at < 9 &&
      ('<!--'.startsWith(text.slice(at)) || '<![CDATA['.startsWith(text.slice(at)))
    ) {
      return -1
    }
    return this.#on.refuse('XML entities are not allowed: remove the DOCTYPE')
  }

  #until(text: string, from: number, end: string, take: (content: string) => void): number {
    const found = text.indexOf(end, from)
    if (found < 0) return -1
    const content = text.slice(from, found)
    refuseForbidden(content, this.#on.refuse)
    take(content)
    return found + end.length
  }

  #closeTag(text: string, from: number): number {
    const end = text.indexOf('>', from)
    if (end < 0) return -1
    const open = this.#open.at(-1)
    const isIt =
      open !== undefined && text.startsWith(open, from) && text.length > from + open.length
    let behind = isIt ? from + open.length : from
    while (isIt && behind < end && isSpace(text.charCodeAt(behind))) behind += 1
    if (!isIt || behind !== end) {
      const name = text.slice(from, Math.min(end, from + 40)).trim()
      this.#on.refuse(
        open === undefined ? `</${name}> closes nothing` : `</${name}> closes <${open}>`,
      )
    }
    this.#open.pop()
    this.#on.close(open)
    return end + 1
  }

  #openTag(text: string, from: number): number {
    const nameStop = nameEnd(text, from)
    if (nameStop === from) this.#on.refuse('"<" is not followed by a name')
    if (nameStop === text.length) return -1
    const name = text.slice(from, nameStop)
    const attributes: Record<string, string> = {}
    const usual = this.#usual(name)
    let at = this.#usualAttributes(text, nameStop, { attributes, usual })
    for (let count = 0; ; count += 1) {
      if (count > MOST_ATTRIBUTES) this.#on.refuse(`<${name}> has too many attributes`)
      if (at < 0) return -1
      const spaced = at
      while (isSpace(text.charCodeAt(at))) at += 1
      const code = text.charCodeAt(at)
      if (code === GREATER) return this.#opened(name, attributes, false, at + 1)
      if (code === SLASH) {
        if (at + 1 >= text.length) return -1
        if (text.charCodeAt(at + 1) !== GREATER) this.#on.refuse(`"/" stands inside <${name}>`)
        return this.#opened(name, attributes, true, at + 2)
      }
      if (Number.isNaN(code)) return -1
      if (at === spaced) this.#on.refuse(`attributes of <${name}> are not parted by a space`)
      at = this.#attribute(text, at, { name, attributes, usual })
    }
  }

  #usual(name: string): Usual[] {
    const known = this.#usuals.get(name)
    if (known !== undefined) return known
    const usual: Usual[] = []
    if (this.#usuals.size < MOST_USUAL) this.#usuals.set(name, usual)
    return usual
  }

  /**
   * Attributes as the last elements of that name had them, in the same order: a file of a million boxes spells `xtl` a
   * million times, and comparing is cheaper than reading.
   */
  #usualAttributes(
    text: string,
    from: number,
    { attributes, usual }: { attributes: Record<string, string>; usual: readonly Usual[] },
  ): number {
    let at = from
    for (const { opening, key } of usual) {
      if (!text.startsWith(opening, at)) break
      const start = at + opening.length
      const end = text.indexOf('"', start)
      if (end < 0) return -1
      const raw = text.slice(start, end)
      attributes[key] = this.#isPlain(text, start, end) ? raw : this.#normal(raw, key)
      at = end + 1
    }
    return at
  }

  /** @returns behind the attribute; -1 when its end is not here */
  #attribute(
    text: string,
    from: number,
    {
      name,
      attributes,
      usual,
    }: { name: string; attributes: Record<string, string>; usual: Usual[] },
  ): number {
    let at = nameEnd(text, from)
    if (at === text.length) return -1
    if (at === from) this.#on.refuse(`"${text[at]}" stands where <${name}> may have an attribute`)
    const key = text.slice(from, at)
    while (isSpace(text.charCodeAt(at))) at += 1
    if (at >= text.length) return -1
    if (text.charCodeAt(at) !== EQUALS)
      this.#on.refuse(`the attribute ${key} of <${name}> has no value`)
    at += 1
    while (isSpace(text.charCodeAt(at))) at += 1
    const quote = text.charCodeAt(at)
    if (Number.isNaN(quote)) return -1
    if (quote !== QUOTE && quote !== APOSTROPHE)
      this.#on.refuse(`the value of ${key} in <${name}> has no quotes`)
    const end = text.indexOf(quote === QUOTE ? '"' : "'", at + 1)
    if (end < 0) return -1
    const raw = text.slice(at + 1, end)
    if (Object.hasOwn(attributes, key)) this.#on.refuse(`<${name}> has the attribute ${key} twice`)
    const value = this.#isPlain(text, at + 1, end) ? raw : this.#normal(raw, key)
    if (key === '__proto__') Object.defineProperty(attributes, key, { value, enumerable: true })
    else attributes[key] = value
    // Only what goes on where the list ends can be usual: its keys are then all different.
    if (Object.keys(attributes).length === usual.length + 1 && usual.length < MOST_USUAL) {
      if (usual.every((one) => Object.hasOwn(attributes, one.key)) && key !== '__proto__')
        usual.push({ opening: ` ${key}="`, key })
    }
    return end + 1
  }

  /** Whether what stands there is itself. Each character is looked at once, however many values there are. */
  #isPlain(text: string, start: number, end: number): boolean {
    if (this.#special < start) {
      CONTROL.lastIndex = start
      this.#special = CONTROL.test(text) ? CONTROL.lastIndex - 1 : Number.POSITIVE_INFINITY
    }
    return this.#special >= end
  }

  /** A value's line ends and tabs are spaces. */
  #normal(raw: string, key: string): string {
    if (raw.includes('<')) this.#on.refuse(`"<" stands in the value of ${key}`)
    return unescaped(lineEnds(raw).replace(/[\t\n]/g, ' '), this.#on.refuse)
  }

  #opened(
    name: string,
    attributes: Readonly<Record<string, string>>,
    isEmpty: boolean,
    end: number,
  ): number {
    if (this.#open.length === 0) {
      if (this.#hadRoot) this.#on.refuse(`<${name}> is a second root element`)
      this.#hadRoot = true
    }
    this.#on.open(name, attributes)
    if (isEmpty) this.#on.close(name)
    else this.#open.push(name)
    return end
  }
}

/** `&#x10FFFF;` and what people write of leading zeros. */
const LONGEST_REFERENCE = 32

function isSpace(code: number): boolean {
  return code === SPACE || code === NEWLINE || code === RETURN || code === TAB
}

/** Nothing but spaces and newlines: what stands between most tags. */
function isBlank(text: string): boolean {
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at)
    if (code !== SPACE && code !== NEWLINE) return false
  }
  return true
}

/** However a file ends its lines, they end with a newline. */
function lineEnds(text: string): string {
  return text.includes('\r') ? text.replace(/\r\n?/g, '\n') : text
}

function newlines(text: string, end: number): number {
  let count = 0
  for (let at = text.indexOf('\n'); at >= 0 && at < end; at = text.indexOf('\n', at + 1)) count += 1
  return count
}
