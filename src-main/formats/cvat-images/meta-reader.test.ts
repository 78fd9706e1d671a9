import { expect, test } from 'vitest'
import { imported, inputOf } from '../testkit/sample.ts'
import { cvatImages } from './index.ts'

const described = async (meta: string) => {
  const xml = `<annotations><meta>${meta}</meta></annotations>`
  return (await imported(cvatImages, inputOf({ 'x.xml': xml }, 'x.xml'))).described
}
const label = (inside: string) => `<labels><label>${inside}</label></labels>`

test.each(['task', 'job', 'project'])(
  'labels of a %s are told with all it says of them',
  async (owner) => {
    const attribute =
      '<attribute><name>make</name><mutable>True</mutable><input_type>select</input_type><default_value>b</default_value><values>a\nb c</values></attribute>'
    const inside = `<name>car &amp; co</name><color>#123456</color><type>polygon</type><attributes>${attribute}</attributes>`
    expect(await described(`<${owner}><name>x</name>${label(inside)}</${owner}>`)).toEqual([
      {
        ...{ name: 'car & co', color: '#123456', type: 'polygon' },
        attributes: [
          {
            name: 'make',
            mutable: true,
            inputType: 'select',
            defaultValue: 'b',
            values: ['a', 'b c'],
          },
        ],
      },
    ])
  },
)

test('joints say whose they are, skeletons how they are drawn', async () => {
  const skeleton = label('<name>body</name><type>skeleton</type><svg>&lt;circle/&gt;</svg>')
  const joint = label('<name>head</name><type>points</type><parent>body</parent>')
  expect(await described(`<task>${skeleton}${joint}</task>`)).toEqual([
    { name: 'body', type: 'skeleton', svg: '<circle/>', attributes: [] },
    { name: 'head', type: 'points', parent: 'body', attributes: [] },
  ])
})

test('older files: other names of types, numbers parted by blanks, no colour', async () => {
  const attribute =
    '<attribute><name>age</name><input_type>number</input_type><values>0 10 1</values></attribute>'
  const inside = `<name>car</name><type>bbox</type><attributes>${attribute}</attributes>`
  expect(await described(`<task>${label(inside)}</task>`)).toEqual([
    {
      ...{ name: 'car', type: 'rectangle' },
      attributes: [{ name: 'age', mutable: false, inputType: 'number', values: ['0', '10', '1'] }],
    },
  ])
})

test('names elsewhere are no labels', async () => {
  const meta =
    '<task><name>street</name><owner><username>label</username></owner><labels></labels></task>'
  expect(await described(meta)).toEqual([])
  expect(await described(label('<name></name>'))).toEqual([])
})
