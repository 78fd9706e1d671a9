import type { Command } from 'commander'
import { requestIdSchema } from '#shared/domain/ids.ts'
import { followRequest } from '../follow-request.ts'
import type { Cli } from '../session.ts'
import { showApp } from '../show-app.ts'

export function addDemo(parent: Command, cli: Cli): void {
  parent
    .command('demo')
    .description('make (once) and open the sample project')
    .action(() =>
      cli.run((session) =>
        showApp(session, {
          desktopArguments: ['--demo'],
          async begin({ client }) {
            const { taskId, requestIds } = await client.app.demo()
            for (const id of requestIds) {
              await followRequest(session, client, requestIdSchema.parse(id))
            }
            return { route: `/tasks/${taskId}/annotate`, taskId }
          },
        }),
      ),
    )
}
