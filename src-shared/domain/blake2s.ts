/**
 * BLAKE2s (RFC 7693) without a key, small and slow: it hashes label names. The digest length is a parameter of the hash,
 * so three bytes are not the first three of thirty-two; no built-in of the browser or of Node offers that.
 */

const IV = Uint32Array.of(
  0x6a09e667,
  0xbb67ae85,
  0x3c6ef372,
  0xa54ff53a,
  0x510e527f,
  0x9b05688c,
  0x1f83d9ab,
  0x5be0cd19,
)
/** RFC 7693, section 2.7: the order in which a round reads the message words, one letter a word. */
const SIGMA = [
  '0123456789abcdef',
  'ea489fd61c02b753',
  'b8c052fdae367194',
  '7931dcbe265a40f8',
  '905724afe1bc683d',
  '2c6a0b834d75fe19',
  'c51fed4a0763928b',
  'db7ec13950f4862a',
  '6fe9b308c2d714a5',
  'a2847615fb9e3cd0',
].map((row) => [...row].map((digit) => Number.parseInt(digit, 16)))
/** The four columns, then the four diagonals, of the 4 x 4 state. */
const LANES = [
  [0, 4, 8, 12],
  [1, 5, 9, 13],
  [2, 6, 10, 14],
  [3, 7, 11, 15],
  [0, 5, 10, 15],
  [1, 6, 11, 12],
  [2, 7, 8, 13],
  [3, 4, 9, 14],
] as const
const BLOCK_BYTES = 64

/**
 * @param message      any length
 * @param digestBytes  1 … 32, part of what is hashed
 */
export function blake2s(message: Uint8Array, digestBytes: number): Uint8Array {
  const state = IV.slice()
  state[0] = word(state, 0) ^ 0x01010000 ^ digestBytes
  const blocks = Math.max(1, Math.ceil(message.length / BLOCK_BYTES))
  for (let block = 0; block < blocks; block += 1) {
    const padded = new Uint8Array(BLOCK_BYTES)
    padded.set(message.subarray(block * BLOCK_BYTES, (block + 1) * BLOCK_BYTES))
    const last = block === blocks - 1
    compress(state, padded, last ? message.length : (block + 1) * BLOCK_BYTES, last)
  }
  const digest = new DataView(new ArrayBuffer(32))
  for (let i = 0; i < 8; i += 1) digest.setUint32(i * 4, word(state, i), true)
  return new Uint8Array(digest.buffer, 0, digestBytes)
}

function compress(state: Uint32Array, block: Uint8Array, counter: number, last: boolean): void {
  const view = new DataView(block.buffer)
  const v = new Uint32Array(16)
  v.set(state)
  v.set(IV, 8)
  v[12] = word(v, 12) ^ counter
  if (last) v[14] = ~word(v, 14)
  for (const order of SIGMA) {
    for (const [lane, indices] of LANES.entries()) {
      const [x, y] = [order[lane * 2] ?? 0, order[lane * 2 + 1] ?? 0]
      mix(v, indices, view.getUint32(x * 4, true), view.getUint32(y * 4, true))
    }
  }
  for (let i = 0; i < 8; i += 1) state[i] = word(state, i) ^ word(v, i) ^ word(v, i + 8)
}

function mix(v: Uint32Array, [a, b, c, d]: (typeof LANES)[number], x: number, y: number): void {
  v[a] = word(v, a) + word(v, b) + x
  v[d] = rotateRight(word(v, d) ^ word(v, a), 16)
  v[c] = word(v, c) + word(v, d)
  v[b] = rotateRight(word(v, b) ^ word(v, c), 12)
  v[a] = word(v, a) + word(v, b) + y
  v[d] = rotateRight(word(v, d) ^ word(v, a), 8)
  v[c] = word(v, c) + word(v, d)
  v[b] = rotateRight(word(v, b) ^ word(v, c), 7)
}

const rotateRight = (value: number, bits: number) => (value >>> bits) | (value << (32 - bits))
/** The index is always inside; the compiler cannot know. */
const word = (words: Uint32Array, index: number) => words[index] ?? 0
