/** Deeper than any block that brackets stand in. */
const ROOM = ' '.repeat(32)

/**
 * YAML with every line that begins within brackets indented: `names: [\n'a'\n]` is refused by the standard and taken by
 * PyYAML. Lines keep their numbers, values their meaning, since blanks there separate nothing.
 */
export function indentFlow(text: string): string {
  let depth = 0
  let quote = ''
  return text
    .split('\n')
    .map((line) => {
      const starts = depth
      for (let i = 0; i < line.length; i++) {
        const c = line.charAt(i)
        if (quote !== '') {
          if (c === '\\' && quote === '"') i++
          else if (c === quote) quote = ''
        } else if (isComment(line, i)) break
        else if (isQuote(line, i, depth)) quote = c
        else if (opens(line, i, depth)) depth++
        else if (depth > 0 && (c === ']' || c === '}')) depth--
      }
      return starts > 0 ? ROOM + line : line
    })
    .join('\n')
}

function isComment(line: string, i: number): boolean {
  return line.charAt(i) === '#' && (i === 0 || /\s/.test(line.charAt(i - 1)))
}

/** Within a word a quote or a bracket is a character as any other. */
function startsValue(line: string, i: number, depth: number): boolean {
  const before = line.slice(0, i).trimEnd().slice(-1)
  return before === '' || (depth > 0 ? /[[{,:]/ : /[:-]/).test(before)
}

function isQuote(line: string, i: number, depth: number): boolean {
  return /['"]/.test(line.charAt(i)) && startsValue(line, i, depth)
}

function opens(line: string, i: number, depth: number): boolean {
  return /[[{]/.test(line.charAt(i)) && (depth > 0 || startsValue(line, i, depth))
}
