import { type Contextual, contextsMeet } from './action-contexts.ts'

/**
 * Keys as CVAT writes them: `Ctrl+Shift+Z`, `Q`, `/`, and chords of held keys such as `T+L` or `Shift+B+=`. The last
 * part is the key that is pressed; letters before it must be held down. Pure, so that every rule has a test.
 */
export interface Binding {
  readonly ctrl: boolean
  readonly shift: boolean
  readonly alt: boolean
  /** Keys that must be down already, as tokens. */
  readonly held: readonly string[]
  readonly key: string
}

/** The part of a KeyboardEvent that matters. */
export interface KeyPress {
  readonly key: string
  readonly code: string
  readonly ctrlKey: boolean
  readonly metaKey: boolean
  readonly shiftKey: boolean
  readonly altKey: boolean
}

const NAMED: Readonly<Record<string, string>> = {
  ' ': 'space',
  esc: 'escape',
  del: 'delete',
  left: 'arrowleft',
  right: 'arrowright',
  up: 'arrowup',
  down: 'arrowdown',
  return: 'enter',
}
const CODE_TOKENS: Readonly<Record<string, string>> = {
  Equal: '=',
  Minus: '-',
  Slash: '/',
  Backquote: '`',
  NumpadAdd: '+',
  NumpadSubtract: '-',
  NumpadDivide: '/',
  NumpadEnter: 'enter',
}

/** `Shift+B+=` as a binding. `+` itself is the last part: `+`, `Ctrl++`. */
export function parseBinding(text: string): Binding {
  const parts = text.split('+').map((part) => part.trim())
  // A trailing '+' splits into two empty parts: it means the plus key.
  if (parts.length > 1 && parts.at(-1) === '') parts.splice(-2, 2, '+')
  const tokens = parts.map(tokenOf)
  const key = tokens.at(-1) ?? ''
  const before = tokens.slice(0, -1)
  const modifiers = new Set(['ctrl', 'shift', 'alt'])
  return {
    ctrl: before.includes('ctrl'),
    shift: before.includes('shift'),
    alt: before.includes('alt'),
    held: before.filter((token) => !modifiers.has(token)),
    key,
  }
}

const KEY_NAMES: Readonly<Record<string, string>> = {
  arrowleft: 'Left',
  arrowright: 'Right',
  arrowup: 'Up',
  arrowdown: 'Down',
  escape: 'Esc',
  delete: 'Del',
  pageup: 'PageUp',
  pagedown: 'PageDown',
}

/** A binding as text, one way for every binding: `parseBinding(bindingText(b))` is `b`, and modifiers have one order. */
export function bindingText(binding: Binding): string {
  const modifiers = [
    ...(binding.ctrl ? ['Ctrl'] : []),
    ...(binding.alt ? ['Alt'] : []),
    ...(binding.shift ? ['Shift'] : []),
  ]
  return [...modifiers, ...binding.held.map(keyName), keyName(binding.key)].join('+')
}

function keyName(token: string): string {
  return KEY_NAMES[token] ?? token.charAt(0).toUpperCase() + token.slice(1)
}

const KEY_TOKEN =
  /^(?:[!-~]|\p{L}|f([1-9]|1\d|2[0-4])|space|enter|tab|escape|delete|backspace|insert|home|end|page(?:up|down)|arrow(?:left|right|up|down))$/u

/** False for what no press can be: no key, an unknown one, or a held key that is no single letter or sign. */
export function isBinding(text: string): boolean {
  const { held, key } = parseBinding(text)
  return KEY_TOKEN.test(key) && held.every((token) => token.length === 1 && KEY_TOKEN.test(token))
}

function tokenOf(part: string): string {
  const lower = part === ' ' ? ' ' : part.toLowerCase()
  return NAMED[lower] ?? lower
}

/**
 * What a press can be called. The letter as typed comes first; the key's place on the board is a second name only where
 * the layout types something else there (Cyrillic, AZERTY digits), so that D stays D on a Dvorak board.
 */
export function pressTokens(press: KeyPress): { typed: string; place: string | null } {
  const typed = tokenOf(press.key)
  if (/^[a-z0-9]$/.test(typed)) return { typed, place: null }
  const letter = /^Key([A-Z])$/.exec(press.code)?.[1] ?? /^Digit([0-9])$/.exec(press.code)?.[1]
  return { typed, place: letter?.toLowerCase() ?? CODE_TOKENS[press.code] ?? null }
}

/** True when `press`, with `held` keys down, is `binding`. On macOS, Ctrl in a binding means Cmd. */
export function matches(
  binding: Binding,
  press: KeyPress,
  held: ReadonlySet<string>,
  isMac: boolean,
): boolean {
  const ctrl = isMac ? press.metaKey : press.ctrlKey
  if (binding.ctrl !== ctrl || binding.alt !== press.altKey) return false
  if (!binding.held.every((token) => held.has(token))) return false
  const { typed, place } = pressTokens(press)
  // A typed symbol already says whether Shift was needed for it ("+", "_", "?"), so Shift is not asked again.
  if (typed === binding.key && isSymbol(typed) && !binding.shift) return true
  if (binding.shift !== press.shiftKey) return false
  return typed === binding.key || place === binding.key
}

function isSymbol(token: string): boolean {
  return token.length === 1 && !/[a-z0-9]/i.test(token)
}

/** More demanding bindings win: `T+L` before `L`, `Shift+B+=` before `=`. */
export function specificity(binding: Binding): number {
  return (
    binding.held.length * 8 +
    Number(binding.ctrl) * 4 +
    Number(binding.alt) * 2 +
    Number(binding.shift)
  )
}

interface Candidate<T> {
  readonly binding: Binding
  readonly value: T
  /** Among equally demanding bindings the higher rank wins (action-contexts.ts). */
  readonly rank?: number
}

/**
 * The first value whose binding matches, most demanding first.
 * @param applies  asked of values whose binding matches only
 */
export function findMatch<T>(
  candidates: readonly Candidate<T>[],
  press: KeyPress,
  held: ReadonlySet<string>,
  isMac: boolean,
  applies: (value: T) => boolean = () => true,
): T | null {
  const fitting = candidates.filter(({ binding }) => matches(binding, press, held, isMac))
  fitting.sort(
    (a, b) => specificity(b.binding) - specificity(a.binding) || (b.rank ?? 0) - (a.rank ?? 0),
  )
  return fitting.find(({ value }) => applies(value))?.value ?? null
}

/**
 * True when `press` may be the beginning of a chord: `Shift+G` of `Shift+G+=`. What it means by itself then waits until
 * the key comes up without the rest of the chord.
 */
export function beginsChord(
  bindings: readonly Binding[],
  press: KeyPress,
  held: ReadonlySet<string>,
  isMac: boolean,
): boolean {
  const { typed, place } = pressTokens(press)
  const ctrl = isMac ? press.metaKey : press.ctrlKey
  const isPressed = (token: string) => token === typed || token === place
  return bindings.some(
    (binding) =>
      binding.held.some(isPressed) &&
      binding.held.every((token) => isPressed(token) || held.has(token)) &&
      binding.ctrl === ctrl &&
      binding.alt === press.altKey &&
      binding.shift === press.shiftKey,
  )
}

/** Two bindings that the same press would fire. */
export function sameBinding(a: Binding, b: Binding): boolean {
  return (
    a.key === b.key &&
    a.ctrl === b.ctrl &&
    a.alt === b.alt &&
    a.shift === b.shift &&
    a.held.length === b.held.length &&
    a.held.every((token) => b.held.includes(token))
  )
}

export interface Keyed extends Contextual {
  readonly id: string
  readonly keys: readonly string[]
}

/** Keys two actions fight over; scopes `app` and `workspace` meet in the workspace, different contexts never do. */
export function findConflicts(actions: readonly Keyed[]): { key: string; ids: [string, string] }[] {
  const bound = actions.flatMap((action) =>
    action.keys.map((key) => ({ action, key, binding: parseBinding(key) })),
  )
  return bound.flatMap((one, at) =>
    bound
      .slice(at + 1)
      .filter(
        (other) =>
          other.action.id !== one.action.id &&
          sameBinding(one.binding, other.binding) &&
          contextsMeet(one.action, other.action),
      )
      .map((other): { key: string; ids: [string, string] } => ({
        key: one.key,
        ids: [one.action.id, other.action.id],
      })),
  )
}

const MAC_SIGNS: Readonly<Record<string, string>> = { ctrl: '⌘', shift: '⇧', alt: '⌥' }
const ARROW_SIGNS: Readonly<Record<string, string>> = {
  arrowleft: '←',
  arrowright: '→',
  arrowup: '↑',
  arrowdown: '↓',
}
let capNames: Readonly<Record<string, string>> = { escape: 'Esc', delete: 'Del' }

/** What is printed on the keys where this language is written: token (`ctrl`, `space` …) to name. */
export function setCapNames(names: Readonly<Record<string, string>>): void {
  capNames = names
}

/** The keycaps of a binding, e.g. `['Ctrl', 'Z']`, on a Mac `['⌘', 'Z']`. */
export function keyCaps(text: string, isMac = isMacPlatform()): string[] {
  const binding = parseBinding(text)
  const modifiers = (['ctrl', 'shift', 'alt'] as const).filter((name) => binding[name])
  const capOf = (token: string) =>
    ARROW_SIGNS[token] ??
    capNames[token] ??
    (token.length === 1 ? token.toUpperCase() : token.charAt(0).toUpperCase() + token.slice(1))
  const modifierCap = (name: 'ctrl' | 'shift' | 'alt') =>
    isMac ? (MAC_SIGNS[name] ?? name) : capOf(name)
  return [...modifiers.map(modifierCap), ...binding.held.map(capOf), capOf(binding.key)]
}

/** `Ctrl+Z`; on a Mac `⌘Z`. What tooltips and menus show. */
export function formatKeys(text: string, isMac = isMacPlatform()): string {
  return keyCaps(text, isMac).join(isMac ? '' : '+')
}

export function isMacPlatform(): boolean {
  return typeof navigator !== 'undefined' && /mac/i.test(navigator.platform)
}
