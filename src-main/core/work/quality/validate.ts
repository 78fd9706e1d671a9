import { z } from 'zod'
import type { Annotation } from '#shared/domain/annotation.ts'
import { type TaskId, taskIdSchema } from '#shared/domain/ids.ts'
import type { Label } from '#shared/domain/label.ts'
import type { QualityFinding, ValidationReport } from '#shared/domain/quality.ts'
import { duplicates } from '#shared/quality/duplicates.ts'
import {
  type Finding,
  type LintRule,
  lintAnnotation,
  lintRules,
  lintTrack,
} from '#shared/quality/lint.ts'
import type { WovenShape } from '#shared/tracks/weave.ts'
import type { DatasetFrame } from '../../ports.ts'
import { readPendingHeaders } from '../media/index-headers.ts'
import type { Work, WorkDeps } from '../work.ts'
import { wovenFrames } from './frames.ts'

const validateParams = z.object({ taskId: taskIdSchema, duplicateOverlap: z.number() })

/** The report lists so many; counts are exact all the same. */
const LISTED = 10_000

/** Look at every annotation and picture of a task and list what is wrong. Changes nothing. */
export const validate: Work = async (deps, params, hooks): Promise<ValidationReport> => {
  const { taskId, duplicateOverlap } = validateParams.parse(params)
  await readPendingHeaders(deps, taskId, hooks)
  const labels = deps.store.labels.ofTask(taskId)
  const report = new Report(labels)
  for (const { frame, name, problem } of deps.store.frames.problems(taskId)) {
    report.add('unreadable-media', { frame, name }, problem)
  }
  const told = new Set<string>()
  for (const { frame, annotations } of wovenFrames(deps, taskId, hooks)) {
    report.frames += 1
    for (const one of annotations) report.look(one, frame)
    for (const { repeats, original } of duplicates(annotations, duplicateOverlap)) {
      // Two tracks that run together would be told on every frame.
      const pair = `${repeats.id} ${original.id}`
      if (told.has(pair)) continue
      told.add(pair)
      report.add(
        'duplicate',
        { ...frame, frame: frame.index, annotation: repeats },
        `of object ${original.id}`,
      )
    }
  }
  lintTracks(deps, taskId, report)
  return report.finish()
}

function lintTracks({ store }: WorkDeps, taskId: TaskId, report: Report): void {
  const { size } = store.tasks.get(taskId)
  for (let after: number | null = 0; after !== null; ) {
    const page = store.annotations.trackPage(taskId, after)
    for (const track of page.tracks) {
      report.tracks += 1
      const place = { frame: track.frame, name: '', annotation: track }
      for (const { rule, detail } of lintTrack(track, size)) report.add(rule, place, detail)
    }
    after = page.next
  }
}

interface Place {
  readonly frame: number
  readonly name: string
  readonly annotation?: Annotation
}

class Report {
  frames = 0
  tracks = 0
  #shapes = 0
  readonly #labels: ReadonlyMap<number, Label>
  readonly #counts = new Map<LintRule, number>()
  readonly #findings: QualityFinding[] = []

  constructor(labels: readonly Label[]) {
    this.#labels = new Map(labels.map((label) => [label.id, label]))
  }

  /** Of a track only the positions somebody set: those between follow from them. */
  look(one: Annotation | WovenShape, frame: DatasetFrame): void {
    if (one.kind === 'track') return
    const track = one.kind === 'shape' && 'track' in one ? one.track : undefined
    if (track === undefined) this.#shapes += 1
    else if (!track.keyframe) return
    const found: Finding[] = lintAnnotation(one, this.#labels.get(one.labelId), frame)
    const place = { frame: frame.index, name: frame.name, annotation: one }
    for (const { rule, detail } of found) this.add(rule, place, detail)
  }

  add(rule: LintRule, { frame, name, annotation }: Place, detail: string): void {
    this.#counts.set(rule, (this.#counts.get(rule) ?? 0) + 1)
    if (this.#findings.length >= LISTED) return
    this.#findings.push({
      rule,
      frame: frame as QualityFinding['frame'],
      name,
      annotationId: annotation?.id ?? null,
      label: (annotation && this.#labels.get(annotation.labelId)?.name) ?? '',
      problem: detail === '' ? lintRules[rule] : `${lintRules[rule]}: ${detail}`,
    })
  }

  finish(): ValidationReport {
    const counts = [...this.#counts]
    return {
      frames: this.frames,
      annotations: this.#shapes + this.tracks,
      rules: counts.map(([rule, count]) => ({ rule, what: lintRules[rule], count })),
      count: counts.reduce((sum, [, count]) => sum + count, 0),
      findings: this.#findings.sort((a, b) => (a.frame ?? -1) - (b.frame ?? -1)),
    }
  }
}
