/** A line of `gt.txt`: the name of a picture, a comma, and the words on it in double quotes. */

export interface CaptionLine {
  readonly name: string
  readonly texts: readonly string[]
}

/** Quotes and backslashes have a backslash before them, which readers take away. */
export function captionLine(name: string, texts: readonly string[]): string {
  const quoted = texts.map((text) => `"${text.replace(/[\\"]/g, '\\$&')}"`)
  return `${name}, ${quoted.join('')}\n`
}

/** Null for a line without a comma. Names and texts may hold commas, too. */
export function parseCaptionLine(line: string): CaptionLine | null {
  const whole = line.trim()
  if (whole.endsWith(',')) return { name: whole.slice(0, -1).trim(), texts: [] }
  const comma = whole.endsWith('"') ? beforeQuote(whole) : whole.indexOf(',')
  if (comma < 0) return null
  return { name: whole.slice(0, comma).trim(), texts: textsOf(whole.slice(comma + 1).trim()) }
}

/** The first comma behind which a quote opens. */
function beforeQuote(text: string): number {
  const found = /,\s*"/.exec(text)
  return found === null ? text.indexOf(',') : found.index
}

const QUOTED = /\s*"((?:\\.|[^"\\])*)"\s*/y

/** Texts in quotes, one after another; what is no such list is one text, quotes of its own in it or not. */
function textsOf(text: string): string[] {
  const texts: string[] = []
  QUOTED.lastIndex = 0
  let end = 0
  for (let found = QUOTED.exec(text); found !== null; found = QUOTED.exec(text)) {
    texts.push(found[1] ?? '')
    end = QUOTED.lastIndex
  }
  const isList = end === text.length && texts.length > 0
  const isQuoted = text.length > 1 && text.startsWith('"') && text.endsWith('"')
  const found = isList ? texts : [isQuoted ? text.slice(1, -1) : text]
  return found.map((one) => one.replace(/\\(.?)/g, '$1'))
}
