import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { AppError } from '../errors/app-error.ts'
import { parseSkeletonSvg, type SkeletonTemplate, writeSkeletonSvg } from './skeleton-svg.ts'

/** As CVAT's configurator saves it, label names in. */
const BY_NAME =
  '<line x1="42" y1="30.5" x2="60" y2="72" stroke="black" data-type="edge" data-node-from="2" ' +
  'stroke-width="0.5" data-node-to="3"></line><circle r="1.5" stroke="black" fill="#b3b3b3" ' +
  'cx="20" cy="10" stroke-width="0.1" data-type="element node" data-element-id="1" ' +
  'data-node-id="1" data-label-name="head"></circle><circle r="1.5" stroke="black" ' +
  'fill="#b3b3b3" cx="42" cy="30.5" stroke-width="0.1" data-type="element node" ' +
  'data-element-id="2" data-node-id="2" data-label-name="R&amp;D"></circle><circle r="0.75" ' +
  'cx="60" cy="72" data-type="element node" data-element-id="3" data-node-id="3" ' +
  'data-label-name="foot"></circle>'

const template: SkeletonTemplate = {
  nodes: [
    { x: 20, y: 10, name: 'head' },
    { x: 42, y: 30.5, name: 'R&D' },
    { x: 60, y: 72, name: 'foot' },
  ],
  edges: [[1, 2]],
}

describe('reading', () => {
  test('names from the file', () => expect(parseSkeletonSvg(BY_NAME)).toEqual(template))

  test('ids, as a CVAT server answers', () => {
    const byId = BY_NAME.replace('data-label-name="head"', 'data-label-id="7"')
    const sublabels = [
      { id: 8, name: 'other' },
      { id: 7, name: 'head' },
    ]
    expect(parseSkeletonSvg(byId, sublabels)).toEqual(template)
  })

  test('neither: the place in the list', () => {
    const bare = BY_NAME.replaceAll(/ data-label-name="[^"]*"/g, '')
    const sublabels = ['head', 'R&D', 'foot'].map((name) => ({ name }))
    expect(parseSkeletonSvg(bare, sublabels)).toEqual(template)
    expect(parseSkeletonSvg(bare).nodes.map(({ name }) => name)).toEqual(['1', '2', '3'])
  })

  test('a whole file with a declaration, comments, captions and self-closed elements', () => {
    const file = `<?xml version="1.0"?><!-- by <hand> --><svg viewBox="0 0 100 100"><g>
      <text data-type="text" x="1" y="2">1</text><circle cx='20' cy='10' data-label-name='a'/></g></svg>`
    expect(parseSkeletonSvg(file)).toEqual({ nodes: [{ x: 20, y: 10, name: 'a' }], edges: [] })
  })

  test('an edge drawn both ways counts once', () => {
    const twice = BY_NAME.replace(
      '<circle',
      '<line data-type="edge" data-node-from="3" data-node-to="2"></line><circle',
    )
    expect(parseSkeletonSvg(twice).edges).toEqual([[1, 2]])
  })
})

const node = '<circle cx="1" cy="2" data-node-id="1"></circle>'
test.each([
  ['nothing', '', 'it has no points'],
  ['a script', `${node}<script>alert(1)</script>`, '<script> has no place in a skeleton'],
  ['a picture', `<image href="http://x/y.png"/>${node}`, '<image> has no place in a skeleton'],
  ['entities', `<!DOCTYPE svg [<!ENTITY a "b">]>${node}`, '"<!DOCTYPE svg [<!ENT" is no element'],
  ['a point outside', '<circle cx="101" cy="2"/>', 'cx="101" of a point is not a number'],
  ['a point nowhere', '<circle cx="1"/>', 'cy="" of a point is not a number from 0 to 100'],
  ['two points of one number', node + node, 'two points have the number 1'],
  ['an edge to nowhere', `${node}<line data-node-from="1" data-node-to="2"/>`, 'the point 2'],
  ['a loop', `${node}<line data-node-from="1" data-node-to="1"/>`, 'at the same point'],
  ['a cut file', '<circle cx="1" cy="2', 'the element <circle> is not closed properly'],
  ['a million characters', ' '.repeat(1_000_001), 'it is longer than'],
])('%s is refused with a sentence', (_name, svg, problem) => {
  expect(() => parseSkeletonSvg(svg)).toThrow(AppError)
  expect(() => parseSkeletonSvg(svg)).toThrow(problem)
})

test('two points of one name are refused', () => {
  const twin = node.replace('>', ' data-label-name="a">')
  const svg = twin + twin.replace('data-node-id="1"', 'data-node-id="2"')
  expect(() => parseSkeletonSvg(svg)).toThrow('two points are called "a"')
})

const coordinate = fc.double({ min: 0, max: 100, noNaN: true })
const pairs = (count: number): [number, number][] => {
  const indices = [...Array(count).keys()]
  return indices.flatMap((from) =>
    indices.slice(from + 1).map((to): [number, number] => [from, to]),
  )
}
const anyTemplate = fc
  .uniqueArray(fc.string({ minLength: 1, maxLength: 20, unit: 'grapheme' }), {
    minLength: 1,
    maxLength: 8,
  })
  .chain((names) =>
    fc.record({
      nodes: fc.tuple(
        ...names.map((name) =>
          fc.record({ x: coordinate, y: coordinate, name: fc.constant(name) }),
        ),
      ),
      edges: fc.subarray(pairs(names.length)),
    }),
  )

test('what is written reads back as it was, whatever the names', () => {
  fc.assert(
    fc.property(anyTemplate, (made) => {
      expect(parseSkeletonSvg(writeSkeletonSvg(made))).toEqual(made)
    }),
  )
})

test('any text is read or refused, nothing else', () => {
  const piece = fc.constantFrom(
    '<',
    '>',
    '<circle ',
    'cx="1" ',
    "cy='2'",
    '/>',
    '<!--',
    '<line',
    '&#x110000;',
    '&amp;',
    ' ',
  )
  fc.assert(
    fc.property(fc.array(fc.oneof(piece, fc.string())), (pieces) => {
      try {
        parseSkeletonSvg(pieces.join(''))
      } catch (error) {
        expect(error).toMatchObject({ code: 'SKELETON_SVG_INVALID' })
      }
    }),
  )
})
