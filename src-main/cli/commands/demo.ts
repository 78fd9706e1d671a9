import type { Command } from 'commander'
import { requestIdSchema, taskIdSchema } from '#shared/domain/ids.ts'
import type { Connection } from '../connect.ts'
import { followRequest } from '../follow-request.ts'
import type { Cli, Session } from '../session.ts'
import { showApp } from '../show-app.ts'

export function addDemo(parent: Command, cli: Cli): void {
  parent
    .command('demo')
    .description('make (once) and open the sample project')
    .action(() =>
      cli.run((session) =>
        showApp(session, {
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
        }),
      ),
    )
}

async function makeDemo(session: Session, { client }: Connection): Promise<number> {
  const { taskId, requestIds } = await client.app.demo()
  for (const id of requestIds) await followRequest(session, client, requestIdSchema.parse(id))
  return taskId
}
