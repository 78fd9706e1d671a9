import { InvalidArgumentError } from 'commander'

/** `120,45` */
export function place(text: string, earlier: readonly [number, number][] = []): [number, number][] {
  const [x, y, ...rest] = numbersOf(text)
  if (x === undefined || y === undefined || rest.length > 0)
    throw new InvalidArgumentError('It must be x,y in image pixels, such as 120,45.')
  return [...earlier, [x, y]]
}

/** `10,20,110,90` */
export function box(text: string): [number, number, number, number] {
  const [x1, y1, x2, y2, ...rest] = numbersOf(text)
  if (
    x1 === undefined ||
    y1 === undefined ||
    x2 === undefined ||
    y2 === undefined ||
    rest.length > 0
  )
    throw new InvalidArgumentError('It must be x1,y1,x2,y2 in image pixels, such as 10,20,110,90.')
  return [x1, y1, x2, y2]
}

function numbersOf(text: string): number[] {
  const parts = text.split(',').map((part) => (part.trim() === '' ? Number.NaN : Number(part)))
  return parts.every(Number.isFinite) ? parts : []
}

/** `name=value`: numbers and true or false as such, everything else as text. */
export function parameter(
  text: string,
  earlier: Readonly<Record<string, string | number | boolean>> = {},
): Record<string, string | number | boolean> {
  const at = text.indexOf('=')
  if (at < 1) throw new InvalidArgumentError('It must be name=value.')
  const said = text.slice(at + 1)
  const number = said.trim() === '' ? Number.NaN : Number(said)
  const value = said === 'true' ? true : said === 'false' ? false : number
  return { ...earlier, [text.slice(0, at)]: Number.isNaN(value) ? said : value }
}
