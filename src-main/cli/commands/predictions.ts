import type { Command } from 'commander'
import { type LabelId, requestIdSchema, type TaskId, taskIdSchema } from '#shared/domain/ids.ts'
import type { Difference, Prediction, PredictionChoice } from '#shared/domain/prediction.ts'
import { AppError } from '#shared/errors/app-error.ts'
import type { Client } from '../connect.ts'
import { followRequest } from '../follow-request.ts'
import { share, wholeNumber } from '../options.ts'
import type { Cli, Session } from '../session.ts'
import { counted } from '../table.ts'

interface ChoiceOptions {
  readonly label?: string
  readonly minScore?: number
  readonly belowScore?: number
  readonly frame?: number
}

const VERBS = [
  ['accept', 'make annotations of them, in one undoable step', 'accepted'],
  ['reject', 'set them aside', 'rejected'],
  ['restore', 'take rejections back', 'open again'],
] as const
type Verb = (typeof VERBS)[number][0]

/** What functions proposed and nobody has decided on yet. */
export function addPredictions(parent: Command, cli: Cli): void {
  choice(parent.command('ls').description('list them, frame by frame')).action(
    (id: number, options: ChoiceOptions) => cli.run((session) => list(session, id, options)),
  )
  for (const [verb, description, done] of VERBS) {
    choice(parent.command(verb).description(description)).action(
      (id: number, options: ChoiceOptions) =>
        cli.run((session) => decide(session, id, options, { verb, done })),
    )
  }
  task(parent.command('clear').description('forget the whole layer')).action((id: number) =>
    cli.run((session) => clear(session, id)),
  )
  task(parent.command('diff').description('where they and the annotations disagree'))
    .option('--overlap <share>', 'two shapes are one object from here on', share, 0.5)
    .option('--min-score <share>', 'only predictions of at least this score', share, 0)
    .action((id: number, options: DiffOptions) => cli.run((session) => diff(session, id, options)))
}

const task = (command: Command) => command.argument('<task-id>', 'task id', wholeNumber(1))

function choice(command: Command): Command {
  return task(command)
    .option('--label <name>', 'only of this label')
    .option('--min-score <share>', 'only of at least this score', share)
    .option('--below-score <share>', 'only of less than this score', share)
    .option('--frame <n>', 'only on this frame', wholeNumber(0))
}

async function choiceOf(
  client: Client,
  taskId: TaskId,
  { label, ...rest }: ChoiceOptions,
): Promise<PredictionChoice> {
  if (label === undefined) return rest
  const { labels } = await client.tasks.get({ id: taskId })
  const found = labels.find(({ name }) => name === label)
  if (!found) throw new AppError('NOT_FOUND', { what: 'label', id: label })
  return { ...rest, labelId: found.id }
}

function list(session: Session, id: number, options: ChoiceOptions): Promise<undefined> {
  return session.withCore(async ({ client }) => {
    const taskId = taskIdSchema.parse(id)
    const { frame: only, ...filter } = await choiceOf(client, taskId, options)
    const names = await labelNames(client, taskId)
    const found: Prediction[] = []
    for (let frame = only ?? (await first(client, taskId, filter)); frame !== null; ) {
      const here = await client.predictions.frame({ taskId, frame })
      found.push(...here.filter((one) => fits(one, filter)))
      const next = await client.predictions.next({ taskId, from: frame, ...filter })
      frame = only === undefined ? next.frame : null
    }
    session.out.result(found, () => found.map((one) => line(one, names)).join('\n'))
    session.out.note(`${counted(found.length, 'prediction')}.`)
    return undefined
  })
}

/** `next` looks beyond a frame, so the very first one is asked for itself. */
async function first(client: Client, taskId: TaskId, filter: PredictionChoice) {
  const here = await client.predictions.frame({ taskId, frame: 0 })
  if (here.some((one) => fits(one, filter))) return 0
  return (await client.predictions.next({ taskId, from: 0, ...filter })).frame
}

function fits({ score, proposal }: Prediction, choice: PredictionChoice): boolean {
  const { labelId, minScore, belowScore } = choice
  if (labelId !== undefined && proposal.labelId !== labelId) return false
  if (minScore !== undefined && !(score !== null && score >= minScore)) return false
  return belowScore === undefined || (score !== null && score < belowScore)
}

/** Tab between the fields: id, frame, label, what it is, score, function. */
function line({ id, functionId, score, proposal }: Prediction, names: Names): string {
  const what = proposal.kind === 'tag' ? 'tag' : proposal.type
  const label = names.get(proposal.labelId) ?? ''
  return [id, proposal.frame, label, what, score?.toFixed(3) ?? '', functionId].join('\t')
}

type Names = ReadonlyMap<LabelId, string>

async function labelNames(client: Client, taskId: TaskId): Promise<Names> {
  const { labels } = await client.tasks.get({ id: taskId })
  return new Map(labels.map(({ id, name }) => [id, name]))
}

function decide(
  session: Session,
  id: number,
  options: ChoiceOptions,
  { verb, done }: { verb: Verb; done: string },
): Promise<undefined> {
  return session.withCore(async ({ client }) => {
    const taskId = taskIdSchema.parse(id)
    const asked = { taskId, ...(await choiceOf(client, taskId, options)) }
    const answer = await client.predictions[verb](asked)
    const requestId = 'requestId' in answer ? answer.requestId : null
    if (requestId !== null) await followRequest(session, client, requestIdSchema.parse(requestId))
    const { open } = requestId === null ? answer : await client.predictions.summary({ taskId })
    const result = { count: answer.count, open }
    session.out.result(result, () => `${answer.count} ${done}, ${open} left to decide on.`)
    return undefined
  })
}

function clear(session: Session, id: number): Promise<undefined> {
  return session.withCore(async ({ client }) => {
    const { count } = await client.predictions.clear({ taskId: taskIdSchema.parse(id) })
    session.out.result({ count }, () => `${counted(count, 'prediction')} forgotten.`)
    return undefined
  })
}

interface DiffOptions {
  readonly overlap: number
  readonly minScore: number
}

function diff(session: Session, id: number, options: DiffOptions): Promise<undefined> {
  return session.withCore(async ({ client }) => {
    const taskId = taskIdSchema.parse(id)
    const names = await labelNames(client, taskId)
    const all: Difference[] = []
    for (let from: number | null = 0; from !== null; ) {
      const page = await client.predictions.differences({
        ...{ taskId, from, iou: options.overlap, minScore: options.minScore },
      })
      all.push(...page.differences)
      from = page.next
    }
    session.out.result(all, () => all.map((one) => differenceLine(one, names)).join('\n'))
    session.out.note(`${counted(all.length, 'difference')}.`)
    return undefined
  })
}

/** Tab between the fields: frame, kind, label, prediction, annotation, overlap, score. */
function differenceLine(one: Difference, names: Names): string {
  const { frame, kind, labelId, predictionId, annotationId, iou, score } = one
  const ids = [predictionId ?? '', annotationId ?? '']
  const numbers = [iou?.toFixed(3) ?? '', score?.toFixed(3) ?? '']
  return [frame, kind, names.get(labelId) ?? '', ...ids, ...numbers].join('\t')
}
