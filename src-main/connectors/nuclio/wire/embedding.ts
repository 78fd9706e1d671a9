import { AnswerProblem } from '../transport/json-answer.ts'

/** SAM's has a quarter of it. */
const MOST_NUMBERS = 2 ** 22
/** Fewer are no picture: a grid of four by four. */
const LEAST_NUMBERS = 16

/**
 * An embedding as CVAT's functions write it: base64 of float32, little-endian as all machines are that Fieldmark runs on.
 * @throws AnswerProblem
 */
export function readEmbedding(blob: string): Float32Array {
  const refuse = (problem: string) => new AnswerProblem('blob', problem)
  if (/[^A-Za-z0-9+/=\s]/.test(blob)) throw refuse('it is no base64')
  // A copy of its own: what Buffer gives may begin at any byte.
  const bytes = Uint8Array.from(Buffer.from(blob, 'base64'))
  const count = bytes.byteLength / Float32Array.BYTES_PER_ELEMENT
  if (!Number.isInteger(count))
    throw refuse(`its ${bytes.byteLength} bytes are no whole number of float32`)
  if (count < LEAST_NUMBERS || count > MOST_NUMBERS)
    throw refuse(
      `it has ${count} numbers, no embedding of a picture has as ${count < LEAST_NUMBERS ? 'few' : 'many'}`,
    )
  const numbers = new Float32Array(bytes.buffer)
  const at = numbers.findIndex((value) => !Number.isFinite(value))
  if (at >= 0) throw refuse(`number ${at + 1} is ${numbers[at]}`)
  return numbers
}
