import { expect, test } from 'vitest'
import { parseSkeletonFile, type SkeletonFile, writeSkeletonFile } from './skeleton-file.ts'

/** As CVAT's configurator downloads it: quotes of the JSON are plain, only what XML needs is escaped. */
const CVAT =
  '<svg viewBox="0 0 100 100"><line x1="30" y1="20" x2="70" y2="60" data-type="edge" ' +
  'data-node-from="1" data-node-to="2" stroke="black" stroke-width="0.5"></line>' +
  '<circle r="0.75" cx="30" cy="20" data-type="element node" data-element-id="1" data-node-id="1"></circle>' +
  '<circle r="0.75" cx="70" cy="60" data-type="element node" data-element-id="2" data-node-id="2"></circle>' +
  '<desc data-description-type="labels-specification">{"1":{"name":"left &lt;eye&gt;","color":"#d12345",' +
  '"type":"points","attributes":[{"id":4,"name":"seen","input_type":"checkbox","mutable":true,' +
  '"values":["false"],"default_value":"false"}],"has_parent":true},"2":{"name":"right","type":"points",' +
  '"color":"#350dea","attributes":[],"has_parent":true}}</desc></svg>'

const file: SkeletonFile = {
  template: {
    nodes: [
      { x: 30, y: 20, name: 'left <eye>' },
      { x: 70, y: 60, name: 'right' },
    ],
    edges: [[0, 1]],
  },
  sublabels: [
    {
      name: 'left <eye>',
      color: '#d12345',
      type: 'points',
      attributes: [
        {
          name: 'seen',
          input_type: 'checkbox',
          mutable: true,
          values: ['false', 'true'],
          default_value: 'false',
        },
      ],
    },
    { name: 'right', color: '#350dea', type: 'points', attributes: [] },
  ],
}

test("CVAT's own download is read, attributes and colours too, ids not", () =>
  expect(parseSkeletonFile(CVAT)).toEqual(file))

test('what is written reads back', () =>
  expect(parseSkeletonFile(writeSkeletonFile(file))).toEqual(file))

test('a plain drawing makes points called by their numbers', () => {
  const plain = CVAT.replace(/<desc.*<\/desc>/, '')
  expect(parseSkeletonFile(plain).sublabels.map(({ name }) => name)).toEqual(['1', '2'])
})

test.each([
  ['no JSON', CVAT.replace('{"1"', '{1'), 'its labels-specification is not JSON'],
  ['an attribute no label can have', CVAT.replace('checkbox', 'slider'), 'it must be one of'],
])('%s is refused', (_name, svg, problem) => expect(() => parseSkeletonFile(svg)).toThrow(problem))
