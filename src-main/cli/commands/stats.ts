import type { Command } from 'commander'
import { projectIdSchema, taskIdSchema } from '#shared/domain/ids.ts'
import { type LabelStats, type Stats, statsSchema } from '#shared/domain/quality.ts'
import { followRequest } from '../follow-request.ts'
import { wholeNumber, wrongUsage } from '../options.ts'
import type { Cli, Session } from '../session.ts'
import { counted, table } from '../table.ts'

interface Options {
  readonly project?: number
}

export function addStats(parent: Command, cli: Cli): void {
  parent
    .command('stats')
    .description('count the annotations of a task or a project, by label')
    .argument('[task-id]', 'task id', wholeNumber(1))
    .option('--project <n>', 'all tasks of this project instead', wholeNumber(1))
    .action((id: number | undefined, { project }: Options) =>
      cli.run((session) => showStats(session, scopeOf(id, project))),
    )
}

function scopeOf(task: number | undefined, project: number | undefined) {
  if ((task === undefined) === (project === undefined)) {
    throw wrongUsage('Give a task id or --project N.', 'stats')
  }
  return task === undefined
    ? { projectId: projectIdSchema.parse(project) }
    : { taskId: taskIdSchema.parse(task) }
}

async function showStats(session: Session, scope: ReturnType<typeof scopeOf>): Promise<undefined> {
  await session.withCore(async ({ client }) => {
    const { requestId } = await client.quality.stats(scope)
    const stats = statsSchema.parse((await followRequest(session, client, requestId)).result)
    session.out.result(stats, () => `${head(stats)}\n\n${table(rows(stats.labels))}`)
  })
  return undefined
}

function head(stats: Stats): string {
  const frames = `${counted(stats.frames, 'frame')}, ${stats.annotatedFrames} annotated`
  const marks = `${stats.deletedFrames} deleted, ${stats.checkedFrames} checked`
  const sources = Object.entries(stats.sources).map(([source, count]) => `${count} ${source}`)
  const made = sources.length === 0 ? '' : ` (${sources.join(', ')})`
  return `${frames}, ${marks}.\n${counted(stats.objects, 'object')}${made}.`
}

function rows(labels: readonly LabelStats[]): (string | number)[][] {
  return [
    ['LABEL', 'TAGS', 'SHAPES', 'TRACKS', 'KEYFRAMES', 'INTERPOLATED', 'TOTAL'],
    ...labels.map((one) => [
      one.label,
      one.tags,
      sum(one.shapes),
      sum(one.tracks),
      one.keyframes,
      one.interpolated,
      one.total,
    ]),
  ]
}

function sum(counts: Readonly<Record<string, number>>): number {
  return Object.values(counts).reduce((total, count) => total + count, 0)
}
