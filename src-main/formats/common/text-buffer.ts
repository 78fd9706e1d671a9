/**
 * Text built as bytes in one reused buffer. Records put together from strings were half the time of an export: millions
 * of short strings made, joined and thrown away.
 */
import { fixed2, pythonFloat } from './decimals.ts'

const [MINUS, POINT, ZERO, QUOTE, BACKSLASH, TILDE] = [45, 46, 48, 34, 92, 126]
/** What the zip writer deflates at a time: larger pieces need more memory, smaller ones are copied together there. */
const PIECE_BYTES = 2 ** 17
/** Room for any number written digit by digit. */
const LONGEST_NUMBER = 16
/** Shorter text goes in character by character: a call into Node's encoder costs as much as 40 of them. */
const SHORT = 40
const MOST_DIGITS = 1e9

export class TextBuffer {
  #bytes = Buffer.allocUnsafe(2 * PIECE_BYTES)
  #length = 0

  /** True when there is enough for a piece. */
  isFull(): boolean {
    return this.#length >= PIECE_BYTES
  }

  /** The text so far; starts over. */
  take(): string {
    const text = this.#bytes.toString('utf8', 0, this.#length)
    this.#length = 0
    return text
  }

  text(text: string): void {
    this.#makeRoom(3 * text.length)
    if (text.length > SHORT || !this.#putAscii(text)) {
      this.#length += this.#bytes.write(text, this.#length)
    }
  }

  /** As JSON.stringify writes it. */
  jsonString(text: string): void {
    if (!isPlain(text)) {
      this.text(JSON.stringify(text))
      return
    }
    this.#put(QUOTE)
    this.text(text)
    this.#put(QUOTE)
  }

  /** A whole number. */
  whole(n: number): void {
    if (n >= 0 && n < MOST_DIGITS) this.#digits(n)
    else this.text(String(n))
  }

  wholes(list: readonly number[], separator: string): void {
    for (let i = 0; i < list.length; i++) {
      if (i > 0) this.text(separator)
      this.whole(list[i] ?? 0)
    }
  }

  /** As `pythonFloat`. */
  float(x: number): void {
    const hundredths = Math.round(x * 100)
    if (hundredths / 100 !== x || Math.abs(hundredths) >= MOST_DIGITS) this.text(pythonFloat(x))
    else {
      const last = this.#tenths(hundredths)
      if (last !== 0) this.#put(ZERO + last)
    }
  }

  floats(list: readonly number[], separator: string): void {
    for (let i = 0; i < list.length; i++) {
      if (i > 0) this.text(separator)
      this.float(list[i] ?? 0)
    }
  }

  /** As `fixed2`. */
  fixed2(x: number): void {
    const hundredths = Math.round(x * 100)
    // As there: near a tie, and beyond the digits we write, the slow way decides.
    if (Math.abs(x * 100 - hundredths) >= 0.49 || Math.abs(hundredths) >= MOST_DIGITS) {
      this.text(fixed2(x))
    } else this.#put(ZERO + this.#tenths(hundredths))
  }

  /** Writes all but the last digit of a number of hundredths. @returns the last digit */
  #tenths(hundredths: number): number {
    if (hundredths < 0) this.#put(MINUS)
    const n = Math.abs(hundredths)
    const tenths = (n / 10) | 0
    const whole = (tenths / 10) | 0
    this.#digits(whole)
    this.#put(POINT)
    this.#put(ZERO + tenths - 10 * whole)
    return n - 10 * tenths
  }

  #digits(n: number): void {
    this.#makeRoom(LONGEST_NUMBER)
    const bytes = this.#bytes
    const end = this.#length + digitCount(n)
    let rest = n
    for (let i = end - 1; i >= this.#length; i--) {
      // `| 0` and not Math.trunc: V8 then divides as whole numbers.
      const tenth = (rest / 10) | 0
      bytes[i] = ZERO + rest - 10 * tenth
      rest = tenth
    }
    this.#length = end
  }

  #put(code: number): void {
    this.#makeRoom(1)
    this.#bytes[this.#length++] = code
  }

  /** @returns false, with nothing written, at a character that is not ASCII */
  #putAscii(text: string): boolean {
    const start = this.#length
    for (let i = 0; i < text.length; i++) {
      const code = text.charCodeAt(i)
      if (code > TILDE) return false
      this.#bytes[start + i] = code
    }
    this.#length = start + text.length
    return true
  }

  #makeRoom(bytes: number): void {
    if (this.#length + bytes <= this.#bytes.length) return
    const larger = Buffer.allocUnsafe(2 * (this.#length + bytes))
    this.#bytes.copy(larger, 0, 0, this.#length)
    this.#bytes = larger
  }
}

function digitCount(n: number): number {
  if (n < 100) return n < 10 ? 1 : 2
  if (n < 10_000) return n < 1000 ? 3 : 4
  return String(n).length
}

/** Nothing to escape, nothing that takes more than a byte. */
function isPlain(text: string): boolean {
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i)
    if (code < 32 || code > TILDE || code === QUOTE || code === BACKSLASH) return false
  }
  return true
}
