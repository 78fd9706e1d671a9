import type { Command } from 'commander'
import { readLabels } from '../labels-option.ts'
import type { Cli } from '../session.ts'

interface Options {
  readonly labels?: string
  readonly bugTracker?: string
}

export function addProjectCreate(parent: Command, cli: Cli): void {
  parent
    .command('create')
    .description('create a project, whose labels its tasks share')
    .argument('<name>', 'what to call it')
    .option('--labels <file|json>', "CVAT's label JSON, or a file that holds it")
    .option('--bug-tracker <url>', 'address of the issue tracker')
    .action((name: string, options: Options) =>
      cli.run(async ({ out, cwd, withCore }) => {
        const labels = options.labels === undefined ? [] : await readLabels(options.labels, cwd)
        return withCore(async ({ client }) => {
          const { bugTracker = '' } = options
          const project = await client.projects.create({ name, labels, bugTracker })
          out.result(project, () => `Created project ${project.id} "${project.name}".`)
          return undefined
        })
      }),
    )
}
