import { type Contextual, contextRank, currentContexts } from './action-contexts.ts'
import {
  type Binding,
  beginsChord,
  findMatch,
  isMacPlatform,
  parseBinding,
  pressTokens,
} from './hotkeys.ts'
import { isForControl, isTyping } from './key-focus.ts'
import { keysIn } from './keymap.ts'
import { useSettings } from './settings.ts'

/**
 * An action is one verb of the user. Menus, shortcuts, tooltips, the palette and the F1 sheet are all generated from
 * the registered actions, so none of them can disagree. `features/*` and `workspace/actions/*` define them.
 */
export interface Action extends Contextual {
  /** Stable, dotted: `shape.delete`, `player.next`. Also its key in the locale file `actions`. */
  readonly id: string
  readonly group: 'general' | 'player' | 'modes' | 'image' | 'objects' | 'view' | 'files'
  /** CVAT's defaults, e.g. `['Ctrl+Z']`, `['Q', '/']`, chords `['T+L']`, `['Shift+B+=']`. `Ctrl` means Cmd on macOS. */
  readonly keys: readonly string[]
  /** Where it applies; the keys of actions out of scope do nothing. */
  readonly scope: 'app' | 'workspace'
  /** Tabler icon name for palette and menus, optional. */
  readonly icon?: string
  /** Its keys work while a text field has the focus, too (Ctrl+S, F1). */
  readonly whileTyping?: boolean
  /** Asked at every press: while false, its keys mean whatever they mean without it. */
  when?(): boolean
  /** While false, it does nothing and its keys are left to the browser: no other action gets them. */
  canRun?(): boolean
  run(): void | Promise<void>
}

const registered = new Map<string, Action>()
const listeners = new Set<() => void>()
let snapshot: readonly Action[] = []

/** Add actions; a later one with the same id takes the earlier one's place. Returns how to take them back. */
export function registerActions(actions: readonly Action[]): () => void {
  for (const action of actions) registered.set(action.id, action)
  changed()
  return () => {
    for (const action of actions)
      if (registered.get(action.id) === action) registered.delete(action.id)
    changed()
  }
}

/** Every registered action, in order of registration. The same array until something changes. */
export function allActions(): readonly Action[] {
  return snapshot
}

/** For useSyncExternalStore. */
export function subscribeActions(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

/** Run by id (palette, menus, buttons). False when there is no such action or it cannot run now. */
export function runAction(id: string): boolean {
  const action = registered.get(id)
  if (!action || action.canRun?.() === false) return false
  void action.run()
  return true
}

/** The keys in force: the person's own, else the preset's, else the action's. */
export function keysOf(action: Pick<Action, 'id' | 'keys'>): readonly string[] {
  return keysIn(useSettings.getState(), action)
}

/** The keys in force of an action by id; [] when it is not registered. */
export function keysOfId(id: string): readonly string[] {
  const action = registered.get(id)
  return action ? keysOf(action) : []
}

function changed(): void {
  snapshot = [...registered.values()]
  for (const listener of listeners) listener()
}

let installs = 0

/** Listen for keys on the window. Installing twice listens once. Returns how to stop. */
export function installHotkeys(): () => void {
  installs += 1
  if (installs === 1) {
    window.addEventListener('keydown', onEscape, true)
    window.addEventListener('keydown', onKeyDown)
    window.addEventListener('keyup', onKeyUp)
    window.addEventListener('blur', releaseAll)
  }
  return () => {
    installs -= 1
    if (installs > 0) return
    window.removeEventListener('keydown', onEscape, true)
    window.removeEventListener('keydown', onKeyDown)
    window.removeEventListener('keyup', onKeyUp)
    window.removeEventListener('blur', releaseAll)
  }
}

const held = new Set<string>()

/** A tooltip that happens to show swallows Escape on its way up; with the focus nowhere it is meant for the drawing. */
function onEscape(event: KeyboardEvent): void {
  if (event.key === 'Escape' && event.target === document.body) onKeyDown(event)
}

function onKeyDown(event: KeyboardEvent): void {
  if (event.defaultPrevented || event.isComposing) return
  const typing = isTyping(event.target)
  const candidates = candidatesFor(event, typing)
  const action = findMatch(candidates, event, held, isMacPlatform(), applies)
  const { typed } = pressTokens(event)
  const isRepeat = waiting?.token === typed
  if (!isRepeat) settleWaiting(action)
  const mayBeChord = !typing && beginsChord(bindingsOf(candidates), event, held, isMacPlatform())
  if (!typing) hold(event)
  if (!action) return
  // What cannot run leaves the key to the browser: Ctrl+C without a shape still copies selected text.
  if (action.canRun?.() === false) return
  event.preventDefault()
  if (mayBeChord) waiting = { action, token: typed }
  else void action.run()
}

const applies = (action: Action) => action.when?.() !== false

const bindingsOf = (candidates: readonly { readonly binding: Binding }[]) =>
  candidates.map(({ binding }) => binding)

/** What a key means by itself that may still become a chord: Shift+G before Shift+G+=. Done when the key comes up. */
let waiting: { readonly action: Action; readonly token: string } | null = null

/** Another key went down: as the rest of a chord it takes the meaning away, else what waited comes first. */
function settleWaiting(next: Action | null): void {
  const before = waiting
  waiting = null
  if (before && !(next && isChordWith(next, before.token))) void before.action.run()
}

function isChordWith(action: Action, token: string): boolean {
  return keysOf(action).some((key) => bindingOf(key).held.includes(token))
}

function candidatesFor(event: KeyboardEvent, typing: boolean) {
  if (isForControl(event.target, event.key)) return []
  const inOverlay = ownsKeys(event)
  const contexts = currentContexts()
  const usable = snapshot
    .map((value) => ({ value, rank: contextRank(value, contexts) }))
    .filter(({ value, rank }) => rank >= 0 && (value.whileTyping || !(typing || inOverlay)))
  return usable.flatMap(({ value, rank }) =>
    keysOf(value).map((key) => ({ binding: bindingOf(key), value, rank })),
  )
}

const bindings = new Map<string, Binding>()

/** Parsed once: every press looks at every key of every action. */
function bindingOf(key: string): Binding {
  const known = bindings.get(key)
  if (known) return known
  const binding = parseBinding(key)
  bindings.set(key, binding)
  return binding
}

/** A modal dialog or a menu has the keys to itself; a popover only its Escape, so that frames can be stepped beside it. */
function ownsKeys(event: KeyboardEvent): boolean {
  if (!(event.target instanceof Element)) return false
  if (event.target.closest('[aria-modal="true"],[role="menu"]')) return true
  return event.key === 'Escape' && event.target.closest('[role="dialog"]') !== null
}

function hold(event: KeyboardEvent): void {
  // macOS sends no keyup for letters while Cmd is down; they would stay held for ever.
  if (event.metaKey || event.ctrlKey) return
  const { typed, place } = pressTokens(event)
  held.add(typed)
  if (place) held.add(place)
}

function onKeyUp(event: KeyboardEvent): void {
  const { typed, place } = pressTokens(event)
  held.delete(typed)
  if (place) held.delete(place)
  if (waiting?.token === typed) settleWaiting(null)
  if (event.key === 'Meta' || event.key === 'Shift') held.clear()
}

function releaseAll(): void {
  held.clear()
  waiting = null
}
