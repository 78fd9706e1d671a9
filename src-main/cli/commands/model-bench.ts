import type { Command } from 'commander'
import { type BenchReport, benchReportSchema } from '#shared/domain/model.ts'
import { followRequest } from '../follow-request.ts'
import type { Cli, Session } from '../session.ts'
import { sizeText } from '../size-text.ts'
import { table } from '../table.ts'

export function addModelBench(parent: Command, cli: Cli): void {
  parent
    .command('bench')
    .description('measure how quick models are on each device of this machine')
    .argument('[id...]', 'ids, see `fieldmark model ls`; all unless given')
    .action((ids: string[]) => cli.run((session) => bench(session, ids)))
}

function bench(session: Session, named: readonly string[]): Promise<number> {
  return session.withCore(async ({ client }) => {
    const there = (await client.models.list()).filter(({ problem }) => problem === null)
    const ids = named.length > 0 ? named : there.map(({ id }) => id)
    const reports: BenchReport[] = []
    for (const id of ids) {
      const request = await client.models.bench({ id })
      const { result } = await followRequest(session, client, request.id)
      reports.push(benchReportSchema.parse(result))
    }
    session.out.result(reports, () => listing(reports))
    for (const line of new Set(reports.flatMap(problems))) session.out.note(line)
    return reports.some(({ rows }) => rows.every(({ problem }) => problem !== '')) ? 1 : 0
  })
}

/** What is missing is missing for all of them; what fails fails for one. */
const problems = ({ rows }: BenchReport) =>
  rows.filter(({ problem }) => problem !== '').map(({ title, problem }) => `${title}: ${problem}`)

function listing(reports: readonly BenchReport[]): string {
  const rounded = (value: number | null) => (value === null ? '' : value.toFixed(1))
  return table([
    ['ID', 'DEVICE', 'LOAD MS', 'MEDIAN MS', 'P90 MS', 'RUNS', 'MEMORY'],
    ...reports.flatMap(({ id, rows }) =>
      rows
        .filter(({ problem }) => problem === '')
        .map((row) => [
          id,
          row.title,
          rounded(row.loadMs).padStart(7),
          rounded(row.medianMs).padStart(9),
          rounded(row.p90Ms).padStart(6),
          row.runs,
          row.memoryBytes === null ? '' : sizeText(row.memoryBytes),
        ]),
    ),
  ])
}
