import type { Action } from '#renderer/state/actions.ts'
import type { AnnotationId } from '#shared/domain/ids.ts'
import { annotationsOf, type Bench, targetIds } from '../bench/bench.ts'
import { chooseDrawLabel, pasteInPlace, startPaste } from '../bench/drawing.ts'
import { duplicateTargets } from '../bench/duplicate.ts'
import {
  allIds,
  changeLabel,
  copyTargets,
  deleteAnnotations,
  deleteTargets,
  focusOn,
  nudge,
  selectNeighbour,
  sendTo,
  shiftLayer,
  toggleOccluded,
  toggleView,
} from '../bench/editing.ts'
import { isolate } from '../filter/isolate.ts'
import type { Digit } from '../modes/digits.ts'
import { labelOfDigit } from '../modes/label-digits.ts'
import { lastCopied } from '../operations/clipboard.ts'

/** What can be done with annotations: the one under the pointer, else those selected. */
export function objectActions(bench: Bench): Action[] {
  const hasTarget = () => targetIds(bench).length > 0
  const hasClipboard = () => lastCopied() !== null
  const make = (
    id: string,
    keys: readonly string[],
    canRun: () => boolean,
    run: () => void,
  ): Action => ({
    id: `objects.${id}`,
    group: 'objects',
    keys,
    scope: 'workspace',
    canRun,
    run,
  })
  const verb = (id: string, keys: readonly string[], run: () => void) =>
    make(id, keys, hasTarget, run)
  const always = (id: string, keys: readonly string[], run: () => void) =>
    make(id, keys, () => true, run)
  return [
    always('lock-all', ['T+L'], () => toggleView(bench, allIds(bench), 'locked')),
    verb('lock', ['L'], () => toggleView(bench, targetIds(bench), 'locked')),
    always('hide-all', ['T+H'], () => toggleView(bench, allIds(bench), 'hidden')),
    verb('hide', ['H'], () => toggleView(bench, targetIds(bench), 'hidden')),
    verb('occlude', ['Q', '/'], () => toggleOccluded(bench, targetIds(bench))),
    verb('pin', [], () => toggleView(bench, targetIds(bench), 'pinned')),
    verb('delete', ['Del', 'Backspace'], () => deleteTargets(bench, false)),
    verb('force-delete', ['Shift+Del'], () => deleteTargets(bench, true)),
    verb('farther', ['-', '_'], () => shiftLayer(bench, -1)),
    verb('closer', ['+', '='], () => shiftLayer(bench, 1)),
    verb('to-front', [']'], () => sendTo(bench, targetIds(bench), 'front')),
    verb('to-back', ['['], () => sendTo(bench, targetIds(bench), 'back')),
    verb('copy', ['Ctrl+C'], () => copyTargets(bench)),
    verb('cut', ['Ctrl+X'], () => {
      copyTargets(bench)
      deleteTargets(bench, false)
    }),
    make('paste', ['Ctrl+V'], hasClipboard, () => startPaste(bench)),
    make('paste-in-place', ['Ctrl+Shift+V'], hasClipboard, () => pasteInPlace(bench)),
    verb('duplicate', [], () => duplicateTargets(bench)),
    always('select-all', ['Ctrl+A'], () => bench.document.activate(visibleIds(bench))),
    always('next', ['Tab'], () => selectNeighbour(bench, 1)),
    always('previous', ['Shift+Tab'], () => selectNeighbour(bench, -1)),
    make(
      'isolate',
      ['I'],
      () => hasTarget() || bench.ui.getState().isolated !== null,
      () => isolate(bench, targetIds(bench)),
    ),
    always('search', ['Ctrl+Shift+L'], () => {
      bench.ui.setState({ tab: 'objects' })
      // React shows the tab before this: a timer would let the first letters typed go by.
      queueMicrotask(() => bench.focusListSearch())
    }),
    verb('focus', ['Enter'], () => focusFirst(bench)),
    always('delete-all', [], () =>
      deleteAnnotations(bench, annotationsOf(bench, unlockedIds(bench))),
    ),
    ...nudges(bench, verb),
    ...labelDigits(bench, always),
  ]
}

type Verb = (id: string, keys: readonly string[], run: () => void) => Action

const WAYS = [
  ['left', 'Left', -1, 0],
  ['right', 'Right', 1, 0],
  ['up', 'Up', 0, -1],
  ['down', 'Down', 0, 1],
] as const

/** Left and Right alone search frames, as in CVAT, so shapes move with Alt. */
function nudges(bench: Bench, verb: Verb): Action[] {
  return WAYS.flatMap(([id, key, dx, dy]) => [
    verb(`nudge-${id}`, [`Alt+${key}`], () => nudge(bench, dx, dy)),
    verb(`nudge-far-${id}`, [`Shift+Alt+${key}`], () => nudge(bench, dx * 10, dy * 10)),
  ])
}

/**
 * The first ten labels. With Ctrl as in CVAT: for what is selected or under the pointer, else for what is drawn next.
 * The digit alone looks at no pointer: between two drawings it rests on the last shape, which must not be relabelled.
 */
function labelDigits(bench: Bench, always: Verb): Action[] {
  const selected = () => bench.document.state.getState().active
  return [1, 2, 3, 4, 5, 6, 7, 8, 9, 0].flatMap((digit) => [
    always(`label-${digit}`, [`Ctrl+${digit}`], () => giveLabel(bench, digit, targetIds(bench))),
    always(`draw-label-${digit}`, [`${digit}`], () => giveLabel(bench, digit, selected())),
  ])
}

function giveLabel(bench: Bench, digit: number, ids: readonly AnnotationId[]): void {
  const { labels, tool } = bench.ui.getState()
  const label = labelOfDigit(labels, `${digit}` as Digit)
  if (!label) return
  if (tool === 'select' && ids.length > 0) changeLabel(bench, ids, label.id)
  else chooseDrawLabel(bench, label.id)
}

function focusFirst(bench: Bench): void {
  const [id] = targetIds(bench)
  if (id !== undefined) focusOn(bench, id)
}

function visibleIds(bench: Bench) {
  return allIds(bench).filter((id) => !bench.document.viewOf(id).hidden)
}

function unlockedIds(bench: Bench) {
  return allIds(bench).filter((id) => !bench.document.viewOf(id).locked)
}
