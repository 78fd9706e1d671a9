import type { Command } from 'commander'
import type { Annotation } from '#shared/domain/annotation.ts'
import { type TaskId, taskIdSchema } from '#shared/domain/ids.ts'
import { AppError } from '#shared/errors/app-error.ts'
import type { Filter } from '#shared/filter/filter.ts'
import { printFilter } from '#shared/filter/print.ts'
import { requireFilter } from '#shared/filter/require-filter.ts'
import type { Client } from '../connect.ts'
import { wholeNumber } from '../options.ts'
import type { Cli, Session } from '../session.ts'
import { counted } from '../table.ts'

export function addQuery(parent: Command, cli: Cli): void {
  parent
    .command('query')
    .description('list the annotations of a task that match a filter (docs/filter.md)')
    .argument('<task-id>', 'task id', wholeNumber(1))
    .argument('<filter>', `such as 'label == "car" and width > 40'`)
    .action((id: number, text: string) =>
      cli.run((session) => query(session, taskIdSchema.parse(id), requireFilter(text))),
    )
}

type Page = Awaited<ReturnType<Client['annotations']['query']>>
type FrameMatch = Page['frames'][number]

/** Page by page, so that a million matches are on their way to the next program while the rest is still looked for. */
async function query(session: Session, taskId: TaskId, filter: Filter): Promise<undefined> {
  await session.withCore(async ({ client }) => {
    const text = printFilter(filter)
    const { labels } = await client.tasks.get({ id: taskId })
    const names = new Map(labels.map(({ id, name }) => [id, name]))
    const labelOf = ({ labelId }: Annotation) => names.get(labelId) ?? ''
    const pageFrom = (from: number): Promise<Page> => {
      if (session.signal.aborted) throw new AppError('CANCELLED', { what: 'The query' })
      return client.annotations.query({ taskId, filter: text, from })
    }
    // Nothing is said before the first page is here: a refusal is then all there is on stdout.
    let page = await pageFrom(0)
    const say = session.json
      ? jsonPieces(session, labelOf, { task: taskId, filter: text })
      : humanLines(session, labelOf)
    for (;;) {
      for (const match of page.frames) say.frame(match)
      if (page.next === null) break
      page = await pageFrom(page.next)
    }
    say.end()
  })
  return undefined
}

interface Speaker {
  frame(match: FrameMatch): void
  end(): void
}

/** A line for each annotation, tab between the fields; how many there were goes to stderr. */
function humanLines({ out }: Session, labelOf: (annotation: Annotation) => string): Speaker {
  let frames = 0
  let count = 0
  return {
    frame({ frame, name, annotations }) {
      frames += 1
      count += annotations.length
      const lines = annotations.map((one) =>
        [frame, one.id, one.kind, one.kind === 'tag' ? '' : one.type, labelOf(one), name].join(
          '\t',
        ),
      )
      out.part(`${lines.join('\n')}\n`)
    },
    end: () => out.note(`${counted(count, 'annotation')} on ${counted(frames, 'frame')}`),
  }
}

/** One document: `{"task", "filter", "frames": [{"frame", "name", "annotations": [… "label"]}], "count"}`. */
function jsonPieces(
  { out }: Session,
  labelOf: (annotation: Annotation) => string,
  head: { task: number; filter: string },
): Speaker {
  let count = 0
  let isFirst = true
  out.part(`${JSON.stringify(head).slice(0, -1)},"frames":[`)
  return {
    frame(match) {
      count += match.annotations.length
      const annotations = match.annotations.map((one) => ({ ...one, label: labelOf(one) }))
      out.part(`${isFirst ? '' : ','}\n${JSON.stringify({ ...match, annotations })}`)
      isFirst = false
    },
    end: () => out.part(`\n],"count":${count}}\n`),
  }
}
