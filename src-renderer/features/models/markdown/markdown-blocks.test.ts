import fc from 'fast-check'
import { expect, test } from 'vitest'
import { type Block, markdownBlocks, type Span } from './markdown-blocks.ts'

const plain = (text: string): Span => ({ is: 'plain', text })

test.each<[string, Block[]]>([
  ['', []],
  ['## A card ##', [{ is: 'heading', level: 2, spans: [plain('A card')] }]],
  [
    'one\ntwo\n\nthree',
    ['one two', 'three'].map((text) => ({ is: 'paragraph', spans: [plain(text)] })),
  ],
  [
    '1. `pip install x`\n2. drop\n   the file',
    [
      {
        is: 'list',
        start: 1,
        items: [[{ is: 'code', text: 'pip install x' }], [plain('drop the file')]],
      },
    ],
  ],
  ['- a\n* b', [{ is: 'list', start: null, items: [[plain('a')], [plain('b')]] }]],
  [
    '```sh\n# no heading\n- no list\n```\nafter',
    [
      { is: 'code', text: '# no heading\n- no list' },
      { is: 'paragraph', spans: [plain('after')] },
    ],
  ],
  ['```\nnever closed', [{ is: 'code', text: 'never closed' }]],
  [
    '| a | b |\n|---|--:|\n| 1 | 2 |',
    [
      {
        is: 'table',
        rows: [
          [[plain('a')], [plain('b')]],
          [[plain('1')], [plain('2')]],
        ],
      },
    ],
  ],
])('%j', (text, blocks) => expect(markdownBlocks(text)).toEqual(blocks))

const spans = (text: string) => {
  const [block] = markdownBlocks(text)
  return block?.is === 'paragraph' ? block.spans : []
}

test('in a line: code, strong, emphasis, and links that lead to the web', () => {
  expect(spans('a `*b*` **c** *d* [e](https://x.org/f) see https://x.org/g.')).toEqual([
    ...[plain('a '), { is: 'code', text: '*b*' }, plain(' '), { is: 'strong', text: 'c' }],
    ...[plain(' '), { is: 'emphasis', text: 'd' }, plain(' ')],
    { is: 'link', text: 'e', href: 'https://x.org/f' },
    plain(' see '),
    { is: 'link', text: 'https://x.org/g', href: 'https://x.org/g' },
    plain('.'),
  ])
})

test.each(['javascript:alert(1)', 'data:text/html,x', '../../etc/passwd', 'file:///x'])(
  'a link to %s is its words alone',
  (target) => expect(spans(`[click](${target})`).map(({ is }) => is)).not.toContain('link'),
)

test('HTML is the text it is', () =>
  expect(spans('<img src=x onerror=alert(1)>')).toEqual([plain('<img src=x onerror=alert(1)>')]))

test('whatever it is given, no link leads anywhere but to the web', () => {
  const piece = fc.constantFrom(
    '[a](',
    ')',
    'javascript:',
    'https://',
    '`',
    '**',
    '|',
    '- ',
    '\n',
    '#',
    '<',
    'x',
  )
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 40 }), (pieces) => {
      const links = JSON.stringify(markdownBlocks(pieces.join(''))).match(/"href":"[^"]*/g) ?? []
      for (const link of links) expect(link).toMatch(/^"href":"https?:\/\//)
    }),
  )
})
