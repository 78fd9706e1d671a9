import type { Command } from 'commander'
import { mediaPaths } from '../media-paths.ts'
import type { Cli } from '../session.ts'
import { showApp } from '../show-app.ts'

export function addOpen(parent: Command, cli: Cli): void {
  parent
    .command('open')
    .description('start the app, on a folder, images, an archive or a video if given')
    .argument('[paths...]', 'what to open; the same paths open the same task again')
    .action((typed: string[]) =>
      cli.run((session) => {
        const paths = mediaPaths(typed, session.cwd)
        return showApp(session, {
          desktopPaths: async () => paths,
          async begin({ client }) {
            if (paths.length === 0) return { route: '/', taskId: null }
            const { task } = await client.tasks.open({ paths })
            return { route: `/tasks/${task.id}/annotate`, taskId: task.id }
          },
        })
      }),
    )
}
