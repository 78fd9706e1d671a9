import { type Binding, bindingText, type KeyPress, pressTokens } from './hotkeys.ts'

const MODIFIERS = new Set([
  'control',
  'shift',
  'alt',
  'altgraph',
  'meta',
  'capslock',
  'numlock',
  'scrolllock',
  'dead',
  'process',
  'unidentified',
  'contextmenu',
  'os',
  'fn',
])

/**
 * Turns the presses of a hand into one binding: `T` held, then `L` is `T+L`. Feed it keydown and keyup; the binding is
 * the last key that went down, with what was held at that time.
 */
export class KeyRecorder {
  readonly #isMac: boolean
  #held: string[] = []
  #binding: string | null = null

  constructor(isMac: boolean) {
    this.#isMac = isMac
  }

  /** The binding so far, as text; null while only modifiers are down. */
  get binding(): string | null {
    return this.#binding
  }

  /** True when every key is up again. */
  get isReleased(): boolean {
    return this.#held.length === 0
  }

  down(press: KeyPress): void {
    const { typed, place } = pressTokens(press)
    if (MODIFIERS.has(typed)) return
    const token = tokenFor(typed, place, press.shiftKey)
    const held = this.#held.filter((one) => one !== token.key && one.length === 1)
    this.#binding = bindingText({
      ctrl: this.#isMac ? press.metaKey : press.ctrlKey,
      alt: press.altKey,
      held,
      ...(press.shiftKey ? byPlace(token, held, place) : token),
    })
    if (!this.#held.includes(token.key)) this.#held.push(token.key)
  }

  /** A key came up. macOS tells of no letter that comes up while Cmd is down, so Cmd up counts for all. */
  up(press: KeyPress): void {
    if (press.key === 'Meta' || press.key === 'Shift') this.#held = []
    const { typed, place } = pressTokens(press)
    this.#held = this.#held.filter((one) => one !== typed && one !== place)
  }
}

/** A letter or digit by its place keeps its Shift; a sign says itself whether Shift was needed for it. */
function tokenFor(
  typed: string,
  place: string | null,
  shift: boolean,
): Pick<Binding, 'key' | 'shift'> {
  if (place !== null && /^[a-z0-9]$/.test(place)) return { key: place, shift }
  const isSign = typed.length === 1 && !/[a-z0-9]/.test(typed)
  return { key: typed, shift: isSign ? false : shift }
}

/** CVAT writes chords with shifted signs by the key's place: `Shift+B+=`, not `B++`. */
function byPlace(
  token: Pick<Binding, 'key' | 'shift'>,
  held: readonly string[],
  place: string | null,
): Pick<Binding, 'key' | 'shift'> {
  return held.length > 0 && place !== null ? { key: place, shift: true } : token
}
