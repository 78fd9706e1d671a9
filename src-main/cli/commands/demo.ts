import type { Command } from 'commander'
import { requestIdSchema, taskIdSchema } from '#shared/domain/ids.ts'
import type { Connection } from '../connect.ts'
import { followRequest } from '../follow-request.ts'
import type { Cli, Session } from '../session.ts'
import { showApp } from '../show-app.ts'
import { runTour } from '../tour/tour.ts'

export function addDemo(parent: Command, cli: Cli): void {
  parent
    .command('demo')
    .description('make (once) and open the sample project')
    .option('--tour', 'let the models that ship work on it, and say how well, without a window')
    .action(({ tour }: { tour?: true }) =>
      cli.run((session) => (tour ? takeTour(session) : show(session))),
    )
}

/** Detects, segments, clicks, tracks, re-identifies and exports, for real, on the sample. */
async function takeTour(session: Session): Promise<undefined> {
  const { out } = session
  await session.withCore(async (connection) => {
    const taskId = taskIdSchema.parse(await makeDemo(session, connection))
    const steps = await runTour(session, connection.client, taskId, (step) => {
      out.note(
        `${step.step.padEnd(8)} ${step.function.padEnd(17)} ${step.told} (${seconds(step.ms)})`,
      )
    })
    out.result({ taskId, steps }, () => 'Open the sample with: fieldmark demo')
  })
  return undefined
}

const seconds = (ms: number) => `${(ms / 1000).toFixed(1)} s`

function show(session: Session): Promise<number | undefined> {
  return showApp(session, {
    desktopPaths: () =>
      session.withCore(async (connection) => {
        const id = taskIdSchema.parse(await makeDemo(session, connection))
        // Opening a task's own paths opens that task.
        return (await connection.client.tasks.get({ id })).mediaPaths
      }),
    async begin(connection) {
      const taskId = await makeDemo(session, connection)
      return { route: `/tasks/${taskId}/annotate`, taskId }
    },
  })
}

async function makeDemo(session: Session, { client }: Connection): Promise<number> {
  const { taskId, requestIds } = await client.app.demo()
  for (const id of requestIds) await followRequest(session, client, requestIdSchema.parse(id))
  return taskId
}
