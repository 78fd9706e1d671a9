import fc from 'fast-check'
import { SaxesParser } from 'saxes'
import { describe, expect, test } from 'vitest'
import { XmlTokenizer } from './tokenizer.ts'

type Event = readonly [kind: string, ...what: unknown[]]

/** What is told of a document; text in one piece however it came. */
function read(pieces: readonly string[]): {
  events: Event[]
  problem: string | null
  line: number
} {
  const events: Event[] = []
  const tokenizer = new XmlTokenizer({
    open: (name, attributes) => void events.push(['open', name, { ...attributes }]),
    text: (text) => addText(events, text),
    comment: (text) => void events.push(['comment', text]),
    close: (name) => void events.push(['close', name]),
    refuse: (problem) => {
      throw new Refused(problem)
    },
  })
  try {
    for (const piece of pieces) tokenizer.write(piece)
    tokenizer.end()
    return { events, problem: null, line: tokenizer.line }
  } catch (error) {
    if (!(error instanceof Refused)) throw error
    return { events, problem: error.message, line: tokenizer.line }
  }
}

class Refused extends Error {}

function addText(events: Event[], text: string): void {
  const last = events.at(-1)
  if (last?.[0] === 'text') events[events.length - 1] = ['text', `${last[1]}${text}`]
  else if (text !== '') events.push(['text', text])
}

/** The same by a reader that walks every character and knows the standard well. */
function peer(document: string): Event[] | null {
  const events: Event[] = []
  const parser = new SaxesParser({ xmlns: false })
  let failed = false
  let depth = 0
  parser.on('error', () => {
    failed = true
  })
  parser.on('doctype', () => {
    failed = true
  })
  parser.on('opentag', ({ name, attributes }) => {
    depth += 1
    events.push(['open', name, { ...attributes }])
  })
  parser.on('text', (text) => depth > 0 && addText(events, text))
  parser.on('cdata', (text) => addText(events, text))
  parser.on('comment', (text) => void events.push(['comment', text]))
  parser.on('closetag', ({ name }) => {
    depth -= 1
    events.push(['close', name])
  })
  parser.write(document).close()
  return failed ? null : events
}

test('a document as it comes, in any pieces', () => {
  const document =
    '\ufeff<?xml version="1.0"?>\r\n<!-- a - b --><a x="1 &lt; 2" y=\'&#x41;"\'>\r\n  t&amp;u <b/><![CDATA[<c> & ]]></a >\n'
  const whole = read([document])
  expect(whole.events).toEqual([
    ['comment', ' a - b '],
    ['open', 'a', { x: '1 < 2', y: 'A"' }],
    ['text', '\n  t&u '],
    ['open', 'b', {}],
    ['close', 'b'],
    ['text', '<c> & '],
    ['close', 'a'],
  ])
  for (let size = 1; size < 12; size += 1) {
    const pieces = document.match(new RegExp(`[\\s\\S]{1,${size}}`, 'g')) ?? []
    expect(read(pieces), `pieces of ${size}`).toEqual(whole)
  }
})

describe('what is refused, and where', () => {
  test.each([
    ['a DOCTYPE', '<!DOCTYPE a [<!ENTITY x "y">]><a/>', /DOCTYPE/, 1],
    ['an entity of its own', '<a>\n&x;</a>', /entities.*&x;/, 2],
    ['an ampersand', '<a>\n<b t="&"/></a>', /&amp;/, 2],
    ['tags that cross', '<a>\n<b>\n</a></b>', /<\/a> closes <b>/, 3],
    ['a name that goes on', '<a></ab>', /<\/ab> closes <a>/, 1],
    ['an end of nothing', '<a/></a>', /closes nothing/, 1],
    ['an attribute twice', '<a b="1" b="2"/>', /b twice/, 1],
    ['an attribute without quotes', '<a b=1/>', /no quotes/, 1],
    ['an attribute without value', '<a b/>', /no value/, 1],
    ['attributes without a space', '<a b="1"c="2"/>', /parted/, 1],
    ['a tag in a value', '<a b="<"/>', /stands in the value/, 1],
    ['a number as name', '<1/>', /followed by a name/, 1],
    ['two roots', '<a/><b/>', /second root/, 1],
    ['text behind the root', '<a/>x', /outside/, 1],
    ['nothing', ' \n', /no element/, 2],
    ['half a tag', '<a>\n<b c="', /ends inside <a>/, 2],
    ['half a root', '<a', /middle of a tag/, 1],
    ['a control character', '<a>\u0001</a>', /U\+0001/, 1],
    ['one by its number', '<a>&#1;</a>', /entities/, 1],
    ['"--" in a comment', '<a><!-- a -- b --></a>', /comment/, 1],
    ['"]]>" in a text', '<a>x]]>y</a>', /]]>/, 1],
  ])('%s', (_name, document, problem, line) => {
    for (const pieces of [[document], [...document]]) {
      const told = read(pieces)
      expect(told.problem).toMatch(problem)
      expect(told.line).toBe(line)
    }
  })
})

test('a name that is special to JavaScript is a name like others', () => {
  const { events, problem } = read(['<a __proto__="1" constructor="2"/>'])
  expect(problem).toBeNull()
  const attributes = events[0]?.[2] as Record<string, string>
  expect(Object.keys(attributes)).toEqual(['__proto__', 'constructor'])
  expect(Object.getPrototypeOf(attributes)).toBe(Object.prototype)
})

test('a tag with a million attributes is refused, one with hundreds is not', () => {
  const tag = (count: number) =>
    `<a ${Array.from({ length: count }, (_, i) => `b${i}="1"`).join(' ')}/>`
  expect(read([tag(900)]).problem).toBeNull()
  expect(read(tag(1_000_000).match(/[\s\S]{1,65536}/g) ?? []).problem).toMatch(/too many/)
})

test('a value much longer than the pieces it comes in costs what it is long', () => {
  const value = 'x'.repeat(3_000_000)
  const pieces = `<a b="${value}"/>`.match(/[\s\S]{1,1000}/g) ?? []
  expect(read(pieces).events[0]).toEqual(['open', 'a', { b: value }])
})

const name = fc.constantFrom('a', 'b', 'größe', 'x-1', 'n:s', '𠀀', '_')
const text = fc.string({
  unit: fc.constantFrom(
    'a',
    ' ',
    '\n',
    '\r',
    '\t',
    '&amp;',
    '&#10;',
    '&#xe9;',
    ']',
    '>',
    '"',
    'é',
    '😀',
  ),
  maxLength: 12,
})
const value = text.map((each) => each.replaceAll('"', '&quot;'))
const { element } = fc.letrec<{ element: string; content: string }>((tie) => ({
  element: fc
    .record({
      name,
      attributes: fc.dictionary(name, value, { maxKeys: 3 }),
      content: tie('content'),
    })
    .map(({ name: tag, attributes, content }) => {
      const list = Object.entries(attributes).map(([key, each]) => ` ${key}="${each}"`)
      return content === ''
        ? `<${tag}${list.join('')}/>`
        : `<${tag}${list.join('\n')} >${content}</${tag}>`
    }),
  content: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    text.map((each) => each.replaceAll(']]>', '')),
    fc.constantFrom('<!-- c -->', '<![CDATA[<x>&]]>', '<?p q?>'),
    fc.array(tie('element'), { maxLength: 3 }).map((list) => list.join(' ')),
  ),
}))

test('it tells of any document what a slower reader tells of it, in any pieces', () => {
  fc.assert(
    fc.property(element, fc.integer({ min: 1, max: 9 }), (document, size) => {
      const told = read(document.match(new RegExp(`[\\s\\S]{1,${size}}`, 'gu')) ?? [])
      expect(told.problem).toBeNull()
      expect(told.events).toEqual(peer(document))
    }),
    { numRuns: 300 },
  )
})

test('of a damaged document both tell the same, or that it is damaged', () => {
  const damage = fc.record({
    at: fc.nat(200),
    remove: fc.nat(3),
    insert: fc.constantFrom('', '<', '>', '&', '"', '/', ' ', '\u0002', '=', 'a'),
  })
  fc.assert(
    fc.property(element, damage, (document, { at, remove, insert }) => {
      const place = at % (document.length + 1)
      const broken = document.slice(0, place) + insert + document.slice(place + remove)
      // Half a surrogate is no text; no decoder hands one out.
      if (!broken.isWellFormed()) return
      const told = read([broken])
      const expected = peer(broken)
      if (expected === null) expect(told.problem).not.toBeNull()
      else expect(told.problem === null ? told.events : null).toEqual(expected)
    }),
    { numRuns: 2000 },
  )
})
