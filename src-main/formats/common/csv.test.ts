import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { inputOf } from '../testkit/sample.ts'
import { type CsvRow, csvColumns, csvLine, readCsv } from './csv.ts'

async function rowsOf(text: string, pieceLength = 3): Promise<CsvRow[]> {
  const rows: CsvRow[] = []
  const input = inputOf({ 'a.csv': text }, 'data.zip', pieceLength)
  for await (const some of readCsv(input, 'a.csv')) rows.push(...some)
  return rows
}

test.each([
  ['plain fields', ['a', 1, ''], 'a,1,\r\n'],
  ['a comma', ['a,b'], '"a,b"\r\n'],
  ['a quote', ['5" nail', 'x'], '"5"" nail",x\r\n'],
  ['line breaks', ['a\nb', 'c\rd'], '"a\nb","c\rd"\r\n'],
  ['one empty field', [''], '""\r\n'],
  ['blanks', [' a ', 'b c'], ' a ,b c\r\n'],
])('writes %s as Python does', (_name, fields, line) => {
  expect(csvLine(fields)).toBe(line)
})

describe('reads', () => {
  test.each([
    ['all three line ends', 'a,b\r\nc,d\ne,f\rg,h', ['a|b', 'c|d', 'e|f', 'g|h']],
    ['empty lines', '\r\na\r\n\r\n\n\nb\n\n', ['a', 'b']],
    ['a byte order mark', '\ufeffa,b\n', ['a|b']],
    ['a byte order mark before a quote', '\ufeff"a",b\n', ['a|b']],
    ['quotes inside a field', 'a"b"c,"d"e\n', ['a"b"c|de']],
    ['empty fields', ',\n"",""\n', ['|', '|']],
    ['one empty field', '""\r\n', ['']],
    ['a quote at the very end', 'a,"b"', ['a|b']],
  ])('%s', async (_name, text, expected) => {
    expect((await rowsOf(text)).map(({ fields }) => fields.join('|'))).toEqual(expected)
  })

  test('counts lines where rows begin', async () => {
    const rows = await rowsOf('a\r\n"b\r\nc\nd"\n\ne')
    expect(rows.map(({ line }) => line)).toEqual([1, 2, 6])
  })
})

test('any row comes back, wherever the pieces end', async () => {
  const field = fc.oneof(
    fc.string({ unit: fc.constantFrom('a', '"', ',', '\r', '\n', ' ') }),
    fc.string(),
  )
  const rows = fc.array(fc.array(field, { minLength: 1, maxLength: 4 }), { maxLength: 5 })
  await fc.assert(
    fc.asyncProperty(rows, fc.integer({ min: 1, max: 9 }), async (list, pieceLength) => {
      const back = await rowsOf(list.map(csvLine).join(''), pieceLength)
      expect(back.map(({ fields }) => fields)).toEqual(list)
    }),
  )
})

test('a quote that is never closed is refused with its line', async () => {
  await expect(rowsOf('a,b\nc,"d\ne,f\n')).rejects.toMatchObject({
    code: 'DATASET_INVALID',
    message: expect.stringMatching(/a\.csv, line 2: a quote is never closed/),
  })
})

test('columns are found by name, whatever their order and case', () => {
  const column = csvColumns({ line: 1, fields: ['XMin', ' LabelName', 'image_id'] })
  const row = { line: 2, fields: ['0.5', '/m/0'] }
  expect(['labelname', 'xmin', 'IMAGE_ID', 'Other'].map((name) => column(row, name))).toEqual([
    '/m/0',
    '0.5',
    undefined,
    undefined,
  ])
})
