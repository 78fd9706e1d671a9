import type { Action } from '#renderer/state/actions.ts'
import type { Bench } from '../bench/bench.ts'
import { filterActions } from '../filter/actions.ts'
import { frameActions } from '../frames/actions.ts'
import { panelActions } from '../panels/actions.ts'
import { predictionActions } from '../predictions/actions.ts'
import { aiActions } from './ai.ts'
import { cuboidActions } from './cuboids.ts'
import { generalActions } from './general.ts'
import { imageActions } from './image.ts'
import { maskActions } from './masks.ts'
import { modeActions } from './modes.ts'
import { objectActions } from './objects.ts'
import { operationActions } from './operations.ts'
import { playerActions } from './player.ts'
import { shapeActions } from './shapes.ts'
import { skeletonActions } from './skeletons.ts'
import { timelineActions } from './timeline.ts'
import { trackerActions } from './trackers.ts'
import { trackActions } from './tracks.ts'
import { workspaceModeActions } from './workspaces.ts'

/** Every verb of the annotation screen: menus, keys, tooltips, palette and key sheet are made from these. */
export function workspaceActions(bench: Bench, toggleSideBar: () => void): Action[] {
  return [
    ...generalActions(bench, toggleSideBar),
    ...playerActions(bench),
    ...trackActions(bench),
    ...trackerActions(bench),
    ...frameActions(bench),
    ...panelActions(bench),
    ...timelineActions(bench),
    ...filterActions(bench),
    ...modeActions(bench),
    ...maskActions(bench),
    ...aiActions(bench),
    ...predictionActions(bench),
    ...shapeActions(bench),
    ...cuboidActions(bench),
    ...skeletonActions(bench),
    ...workspaceModeActions(bench),
    ...objectActions(bench),
    ...operationActions(bench),
    ...imageActions(bench),
  ]
}
