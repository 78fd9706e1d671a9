import { createStore, type StoreApi } from 'zustand/vanilla'
import type { Canvas2d, RectangleMethod } from '#renderer/canvas/canvas-api.ts'
import { type LabelsById, withPalette } from '#renderer/state/coloring.ts'
import type { AnnotationDocument } from '#renderer/state/document.ts'
import type { FrameRange } from '#renderer/state/frames.ts'
import type { Session } from '#renderer/state/session.ts'
import { useSettings } from '#renderer/state/settings.ts'
import type { TrackerInfo } from '#shared/contract/trackers.ts'
import type { Annotation, Shape, ShapeType } from '#shared/domain/annotation.ts'
import type { BulkKind } from '#shared/domain/bulk.ts'
import type { AnnotationId, LabelId, TaskId } from '#shared/domain/ids.ts'
import type { Label } from '#shared/domain/label.ts'
import type { Job, Task } from '#shared/domain/task.ts'
import type { Filter } from '#shared/filter/filter.ts'
import { shapeOn } from '#shared/tracks/on-frame.ts'
import type { Detecting } from '../ai/detecting.ts'
import type { Interaction } from '../ai/interaction.ts'
import type { Painting } from '../masks/painting.ts'
import type { Scissoring } from '../opencv/scissoring.ts'
import type { Picking } from '../operations/picking.ts'
import type { Way } from '../playback/clock.ts'
import type { FrameTimes } from '../playback/frame-times.ts'
import type { DifferenceQueue } from '../predictions/difference-queue.ts'
import { createLayer, createQueue } from '../predictions/follow-layer.ts'
import type { PredictionLayer } from '../predictions/prediction-layer.ts'
import type { Followed, FollowingNow } from '../trackers/followed.ts'

/** What can be drawn: the shape types of the domain. */
export type DrawTool = ShapeType
export type ToolName =
  | 'select'
  | 'pan'
  | 'zoom-area'
  | DrawTool
  | 'paste'
  | 'merge'
  | 'split'
  | 'group'
  | 'join'
  | 'slice'
  | 'preview'
  | 'interact'
  | 'scissors'
/** CVAT's workspaces. What keys mean and which panels show depends on it; the document is the same. */
export type WorkspaceMode = 'standard' | 'tags' | 'attributes' | 'single-shape'
export type SideTab = 'objects' | 'labels' | 'history' | 'predictions'
export type SortOrder = 'id-ascending' | 'id-descending' | 'z-order' | 'label'

/** What N repeats. */
export interface DrawSettings {
  readonly shape: DrawTool
  /** null = the first label that fits. */
  readonly labelId: LabelId | null
  /** Shape: on this frame. Track: from this frame on. */
  readonly objectType: 'shape' | 'track'
  /** What leads the track on over the next frames; null = the person does. */
  readonly tracker: TrackerInfo | null
  /** Polygon, polyline, points: stop by itself after so many points. */
  readonly pointCount: number | null
  /** The numbers of points of the shapes drawn before this one: each type keeps its own. */
  readonly pointCounts: Readonly<Partial<Record<DrawTool, number | null>>>
  readonly rectangleMethod: RectangleMethod
  readonly cuboidMethod: 'rectangle' | 'points'
  /** Start the next one when one is finished, until Escape. */
  readonly again: boolean
}

/** Run an action on many (beginning with this one), or do something with these annotations. */
export type WorkspaceDialog =
  | { readonly kind: 'actions'; readonly first?: BulkKind }
  | { readonly kind: 'propagate' | 'tracks-to-shapes'; readonly ids: readonly AnnotationId[] }

export interface ShapeMenu {
  readonly id: AnnotationId
  /** The vertex or joint the pointer was on; null = the shape. */
  readonly vertex: number | null
  readonly x: number
  readonly y: number
}

/** How the screen stands: what is neither data nor a setting. */
export interface BenchState {
  readonly task: Task & { readonly jobs: readonly Job[] }
  /** In the colours of the person's palette: for showing, not for writing back. */
  readonly labels: readonly Label[]
  readonly labelsById: LabelsById
  readonly mode: WorkspaceMode
  /** Attribute workspace: which attribute of the object is being given. */
  readonly attributeAt: number
  readonly tool: ToolName
  /** What is picked for a verb, while its tool is in hand; left over from the last time otherwise. */
  readonly picking: Picking | null
  /** The mask being painted; null while none is. */
  readonly painting: Painting | null
  /** The object being pointed out to an interactor; null while none is. */
  readonly interaction: Interaction | null
  /** The outline being cut along edges; null while none is. */
  readonly scissoring: Scissoring | null
  /** What N begins again. */
  readonly repeats: 'draw' | 'interact' | 'scissors'
  /** A card of the tool rail that was opened by a key or because something is missing. */
  readonly toolCard: 'ai' | 'opencv' | null
  /** A detector at work on one frame; null = none. */
  readonly detecting: Detecting | null
  /** Masks that are about to become polygons, while that is being chosen; null otherwise. */
  readonly converting: readonly Shape[] | null
  readonly draw: DrawSettings
  /** What is drawn takes the place of this one's outline. */
  readonly redrawing: AnnotationId | null
  readonly hovered: AnnotationId | null
  /** Of the skeleton that is hovered: the joint under the pointer. */
  readonly hoveredJoint: number | null
  readonly tab: SideTab
  readonly sort: SortOrder
  /** Rows opened or folded by hand; the others are open while they are the only selected one. */
  readonly expanded: ReadonlyMap<AnnotationId, boolean>
  /** What is shown of the frame, and what Left and Right look for; null shows everything. */
  readonly filter: Filter | null
  /** Only these are seen; null = all that the filter shows. */
  readonly isolated: ReadonlySet<AnnotationId> | null
  /** What is looked up in the list of objects. */
  readonly listSearch: string
  readonly isFilterOpen: boolean
  /** What the two buttons beside play step to. */
  readonly stepTo: 'next' | 'filter' | 'empty'
  readonly isPlaying: boolean
  /** 1 forwards, -1 backwards: the way it plays, or played last. */
  readonly playWay: Way
  /** Playing stopped on a frame without a picture, and goes on this way when the picture is there. */
  readonly interrupted: Way | null
  /** Frames that playing repeats; null = it ends at the job's end. */
  readonly loop: FrameRange | null
  /** When each frame of the video is due; null for pictures, and until it is known. */
  readonly times: FrameTimes | null
  /** Screen pixels per image pixel. */
  readonly scale: number
  readonly menu: ShapeMenu | null
  /** Tracks that a tracker leads on. */
  readonly followed: ReadonlyMap<AnnotationId, Followed>
  /** What a tracker is doing; null = nothing. */
  readonly following: FollowingNow | null
  /** A dialog of the workspace that is open. */
  readonly operation: WorkspaceDialog | null
  /** What lies over the stage in place of the picture. */
  readonly gallery: 'frames' | 'objects' | null
  /** Ask for a first label: drawing was begun without any. */
  readonly wantsLabel: boolean
  /** A key of the locale file `canvas`. */
  readonly hint: string | null
}

/** The annotation screen without React: everything an action or a panel needs. */
export interface Bench {
  readonly taskId: TaskId
  readonly document: AnnotationDocument
  readonly session: Session
  readonly ui: StoreApi<BenchState>
  /** What functions proposed and nobody has decided on. */
  readonly predictions: PredictionLayer
  /** Where that disagrees with the annotations. */
  readonly differences: DifferenceQueue
  /** null until the stage is mounted. */
  canvas: Canvas2d | null
  /** Focus the frame number field; set by the top bar. */
  focusFrameField: () => void
  /** Focus the search field of the objects list; set by it. */
  focusListSearch: () => void
  /** Ids in the order the list of objects shows them; set by it. */
  listOrder: () => readonly AnnotationId[]
}

export function createBench(
  session: Session,
  task: BenchState['task'],
  ownLabels: readonly Label[],
): Bench {
  const labels = withPalette(ownLabels, useSettings.getState().palette)
  return {
    taskId: task.id,
    document: session.document,
    session,
    predictions: createLayer(task.id),
    differences: createQueue(task.id, session.document.range),
    canvas: null,
    focusFrameField: () => undefined,
    focusListSearch: () => undefined,
    listOrder: () => [],
    ui: createStore<BenchState>(() => ({
      task,
      labels,
      labelsById: byId(labels),
      mode: 'standard',
      attributeAt: 0,
      tool: 'select',
      picking: null,
      painting: null,
      interaction: null,
      scissoring: null,
      repeats: 'draw',
      toolCard: null,
      detecting: null,
      converting: null,
      draw: {
        shape: 'rectangle',
        labelId: null,
        objectType: 'shape',
        tracker: null,
        pointCount: null,
        pointCounts: {},
        rectangleMethod: 'corners',
        cuboidMethod: 'rectangle',
        again: false,
      },
      redrawing: null,
      hovered: null,
      hoveredJoint: null,
      tab: 'objects',
      sort: 'id-ascending',
      expanded: new Map(),
      filter: null,
      isolated: null,
      listSearch: '',
      isFilterOpen: false,
      stepTo: 'next',
      isPlaying: false,
      playWay: 1,
      interrupted: null,
      loop: null,
      times: null,
      scale: 1,
      menu: null,
      followed: new Map(),
      following: null,
      operation: null,
      gallery: null,
      wantsLabel: false,
      hint: null,
    })),
  }
}

/** The task changed in the core (renamed, labels edited), or the person chose another palette. */
export function taskChanged(
  bench: Bench,
  task: BenchState['task'],
  ownLabels: readonly Label[],
): void {
  const now = bench.ui.getState()
  const labels = withPalette(ownLabels, useSettings.getState().palette)
  if (now.task === task && now.labels === labels) return
  bench.ui.setState({ task, labels, labelsById: byId(labels), wantsLabel: false })
}

function byId(labels: readonly Label[]): LabelsById {
  return new Map(labels.map((label) => [label.id, label]))
}

/**
 * Ids a verb applies to. CVAT activates on hover, so the shape under the pointer goes before a single selected one;
 * several selected were chosen on purpose and stay the targets.
 */
export function targetIds(bench: Bench): readonly AnnotationId[] {
  const { active } = bench.document.state.getState()
  const { hovered } = bench.ui.getState()
  if (active.length > 1 || hovered === null) return active
  return [hovered]
}

export function annotationsOf(bench: Bench, ids: readonly AnnotationId[]): Annotation[] {
  const { annotations } = bench.document.state.getState()
  return ids.flatMap((id) => annotations.get(id) ?? [])
}

/** Annotations as they look on the frame shown: shapes, and tracks that are seen there. */
export function shapesOf(bench: Bench, annotations: readonly Annotation[]): Shape[] {
  return annotations.flatMap((annotation) => shapeNow(bench, annotation) ?? [])
}

/** How an annotation looks on the frame shown; null where it is not seen. Keyframes of deleted frames count for nothing. */
export function shapeNow(bench: Bench, annotation: Annotation): Shape | null {
  const { frame, marks } = bench.document.state.getState()
  return shapeOn(annotation, frame, marks)
}

/** The targets that may be changed: locked ones are left out. */
export function editableTargets(bench: Bench): Annotation[] {
  return annotationsOf(bench, targetIds(bench)).filter(
    (annotation) => !bench.document.viewOf(annotation.id).locked,
  )
}

/** The one label name of all, for history; undefined when they differ. */
export function commonLabel(bench: Bench, annotations: readonly Annotation[]): string | undefined {
  const ids = new Set(annotations.map((annotation) => annotation.labelId))
  const [only] = ids
  if (ids.size !== 1 || only === undefined) return undefined
  return bench.ui.getState().labelsById.get(only)?.name
}
