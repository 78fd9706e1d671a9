import type { Action } from '#renderer/state/actions.ts'
import type { Bench } from '../bench/bench.ts'
import { giveValue, walkAttributes, walkObjects } from '../modes/attributes/attributes.ts'
import { digits } from '../modes/digits.ts'
import { enterMode, workspaceModes } from '../modes/modes.ts'
import { addTag, tagLabels, toggleTagOfDigit } from '../modes/tags/tags.ts'

/** CVAT's workspaces: how to enter them, and the keys that mean something in one of them only. */
export function workspaceModeActions(bench: Bench): Action[] {
  return [
    ...workspaceModes.map(
      (mode): Action => ({
        id: `view.workspace-${mode}`,
        group: 'view',
        keys: [],
        scope: 'workspace',
        run: () => enterMode(bench, mode),
      }),
    ),
    ...tagActions(bench),
    ...attributeActions(bench),
  ]
}

function tagActions(bench: Bench): Action[] {
  const firstTag = () => tagLabels(bench.ui.getState().labels)[0]
  return [
    {
      id: 'modes.tag',
      group: 'modes',
      keys: [],
      scope: 'workspace',
      canRun: () => firstTag() !== undefined,
      run: () => {
        const label = firstTag()
        if (label) addTag(bench, label.id)
      },
    },
    ...digits.map(
      (digit): Action => ({
        id: `tags.label-${digit}`,
        group: 'modes',
        keys: [digit],
        scope: 'workspace',
        context: 'tags',
        run: () => toggleTagOfDigit(bench, digit),
      }),
    ),
  ]
}

function attributeActions(bench: Bench): Action[] {
  const make = (id: string, keys: readonly string[], run: () => void): Action => ({
    id: `aam.${id}`,
    group: 'modes',
    keys,
    scope: 'workspace',
    context: 'attributes',
    run,
  })
  return [
    make('next-attribute', ['Down'], () => walkAttributes(bench, 1)),
    make('previous-attribute', ['Up'], () => walkAttributes(bench, -1)),
    make('next-object', ['Tab'], () => walkObjects(bench, 1)),
    make('previous-object', ['Shift+Tab'], () => walkObjects(bench, -1)),
    ...[...digits.slice(-1), ...digits.slice(0, -1)].map((digit, at) =>
      make(`value-${digit}`, [digit], () => giveValue(bench, at)),
    ),
  ]
}
