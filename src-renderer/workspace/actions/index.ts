import type { Action } from '#renderer/state/actions.ts'
import type { Bench } from '../bench/bench.ts'
import { frameActions } from '../frames/actions.ts'
import { generalActions } from './general.ts'
import { imageActions } from './image.ts'
import { modeActions } from './modes.ts'
import { objectActions } from './objects.ts'
import { playerActions } from './player.ts'
import { workspaceModeActions } from './workspaces.ts'

/** Every verb of the annotation screen: menus, keys, tooltips, palette and key sheet are made from these. */
export function workspaceActions(bench: Bench, toggleSideBar: () => void): Action[] {
  return [
    ...generalActions(bench, toggleSideBar),
    ...playerActions(bench),
    ...frameActions(bench),
    ...modeActions(bench),
    ...workspaceModeActions(bench),
    ...objectActions(bench),
    ...imageActions(bench),
  ]
}
