/** A piece of a line. */
export interface Span {
  readonly text: string
  readonly is: 'plain' | 'code' | 'strong' | 'emphasis' | 'link'
  /** Of a link: http or https, nothing else. */
  readonly href?: string
}

export type Block =
  | { readonly is: 'heading'; readonly level: number; readonly spans: readonly Span[] }
  | { readonly is: 'paragraph'; readonly spans: readonly Span[] }
  | { readonly is: 'code'; readonly text: string }
  | {
      readonly is: 'list'
      /** null: bullets. */
      readonly start: number | null
      readonly items: readonly (readonly Span[])[]
    }
  | { readonly is: 'table'; readonly rows: readonly (readonly (readonly Span[])[])[] }

const HEADING = /^(#{1,6})\s+(.+?)\s*#*$/
const FENCE = /^\s*(`{3,}|~{3,})/
const ITEM = /^\s{0,3}(?:[-*+]|(\d{1,9})[.)])\s+(.*)$/
const ROW = /^\s*\|(.*)\|\s*$/
const RULE = /^[\s|:-]+$/

/**
 * The part of Markdown that cards of models and steps of a catalogue are written in: headings, paragraphs, lists, code, tables. What
 * is not of it, HTML above all, stays the text it is.
 */
export function markdownBlocks(text: string): Block[] {
  const lines = text.replaceAll('\r\n', '\n').split('\n')
  const blocks: Block[] = []
  let at = 0
  const take = (goes: (line: string) => boolean): string[] => {
    const from = at
    while (at < lines.length && goes(lines[at] ?? '')) at += 1
    return lines.slice(from, at)
  }
  while (at < lines.length) {
    const line = lines[at] ?? ''
    const heading = HEADING.exec(line)
    const fence = FENCE.exec(line)?.[1]
    if (line.trim() === '') at += 1
    else if (heading) {
      at += 1
      const [, marks = '', title = ''] = heading
      blocks.push({ is: 'heading', level: marks.length, spans: spansOf(title) })
    } else if (fence) {
      at += 1
      const code = take((next) => !next.trim().startsWith(fence))
      at += 1
      blocks.push({ is: 'code', text: code.join('\n') })
    } else if (ROW.test(line)) blocks.push(tableOf(take((next) => ROW.test(next))))
    else if (ITEM.test(line))
      blocks.push(listOf(take((next) => ITEM.test(next) || /^\s+\S/.test(next))))
    else {
      const words = take((next) => next.trim() !== '' && !startsBlock(next))
      blocks.push({ is: 'paragraph', spans: spansOf(words.map((one) => one.trim()).join(' ')) })
    }
  }
  return blocks
}

const startsBlock = (line: string) => [HEADING, FENCE, ROW, ITEM].some((one) => one.test(line))

function listOf(lines: readonly string[]): Block {
  const items: string[] = []
  for (const line of lines) {
    const text = ITEM.exec(line)?.[2]
    if (text !== undefined || items.length === 0) items.push(text ?? line)
    else items.push(`${items.pop()} ${line.trim()}`)
  }
  const first = ITEM.exec(lines[0] ?? '')?.[1]
  return {
    is: 'list',
    start: first === undefined ? null : Number(first),
    items: items.map(spansOf),
  }
}

function tableOf(lines: readonly string[]): Block {
  const rows = lines.filter((line) => !RULE.test(line)).map((line) => ROW.exec(line)?.[1] ?? '')
  return {
    is: 'table',
    rows: rows.map((row) => row.split('|').map((cell) => spansOf(cell.trim()))),
  }
}

const SPAN =
  /`([^`]+)`|\*\*([^*]+)\*\*|\*([^*\s][^*]*)\*|\[([^\]]+)\]\(([^)\s]+)\)|<(https?:\/\/[^>\s]+)>|(https?:\/\/[^\s<>()]*[^\s<>().,;:])/g

function spansOf(text: string): Span[] {
  const spans: Span[] = []
  let from = 0
  const plain = (to: number) => {
    if (to > from) spans.push({ is: 'plain', text: text.slice(from, to) })
  }
  for (const match of text.matchAll(SPAN)) {
    const [whole, code, strong, emphasis, title, target, angled, bare] = match
    plain(match.index)
    from = match.index + whole.length
    const href = target ?? angled ?? bare
    if (code !== undefined) spans.push({ is: 'code', text: code })
    else if (strong !== undefined) spans.push({ is: 'strong', text: strong })
    else if (emphasis !== undefined) spans.push({ is: 'emphasis', text: emphasis })
    else if (href !== undefined && /^https?:\/\//i.test(href))
      spans.push({ is: 'link', text: title ?? href, href })
    else spans.push({ is: 'plain', text: title ?? whole })
  }
  plain(text.length)
  return spans
}
