/** The lists of pictures in `positive_pairs` and `negative_pairs`: `['Ann_Lee/Ann_Lee_0002']`, as Python prints it. */

export function writePairList(paths: readonly string[]): string {
  return `[${paths.map(quoted).join(', ')}]`
}

function quoted(text: string): string {
  const quote = text.includes("'") && !text.includes('"') ? '"' : "'"
  const escaped = text.replaceAll('\\', '\\\\').replaceAll(quote, `\\${quote}`)
  return `${quote}${escaped}${quote}`
}

/** What a person or another tool wrote there: a list of Python's or JSON's, or names with commas between them. */
export function readPairList(text: string): string[] {
  const inside = /^\s*[[(](.*)[\])]\s*$/s.exec(text)?.[1] ?? text
  const items = inside.match(/'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*"|[^,'"\s][^,]*/gs) ?? []
  return items.map(unquoted).filter((item) => item !== '')
}

function unquoted(item: string): string {
  const text = item.trim()
  const isQuoted = /^(['"]).*\1$/s.test(text) && text.length > 1
  return isQuoted ? text.slice(1, -1).replace(/\\(.)/gs, '$1') : text
}
