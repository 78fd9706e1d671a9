/** Bodies of questions, as pieces: a picture in base64 is put between them and never goes through JSON. */

const text = (value: string) => Buffer.from(value, 'utf8')

export type BodyPart = string | Uint8Array

/**
 * `{"a": …, "b": …}` of values that are JSON text, or bytes that become a base64 text. What is undefined is left out.
 */
export function bodyOf(
  fields: Readonly<Record<string, BodyPart | undefined>>,
): readonly Uint8Array[] {
  const pieces: Uint8Array[] = []
  for (const [key, value] of Object.entries(fields)) {
    if (value === undefined) continue
    pieces.push(text(`${pieces.length === 0 ? '{' : ','}${JSON.stringify(key)}:`))
    pieces.push(typeof value === 'string' ? text(value) : picture(value))
  }
  return [...pieces, text(pieces.length === 0 ? '{}' : '}')]
}

function picture(bytes: Uint8Array): Uint8Array {
  const { buffer, byteOffset, byteLength } = bytes
  return Buffer.from(
    `"${Buffer.from(buffer, byteOffset, byteLength).toString('base64')}"`,
    'latin1',
  )
}

export function sizeOf(body: readonly Uint8Array[]): number {
  return body.reduce((sum, piece) => sum + piece.byteLength, 0)
}
