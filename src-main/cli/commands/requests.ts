import type { Command } from 'commander'
import { requestIdSchema } from '#shared/domain/ids.ts'
import type { WorkRequest } from '#shared/domain/request.ts'
import { followRequest } from '../follow-request.ts'
import { wholeNumber } from '../options.ts'
import type { Cli, Session } from '../session.ts'
import { table } from '../table.ts'

/** Work of the machine: what is under way, and how to stop it and go on with it. */
export function addRequests(parent: Command, cli: Cli): void {
  parent
    .command('ls')
    .description('list them, newest first')
    .option('--limit <n>', 'at most so many', wholeNumber(1), 20)
    .action(({ limit }: { limit: number }) => cli.run((session) => list(session, limit)))
  one(parent, cli, 'pause', 'let automatic annotation stand where it is', async (session, id) =>
    session.withCore(({ client }) => client.requests.pause({ id })),
  )
  one(parent, cli, 'resume', 'go on where it was paused, and wait for it', async (session, id) =>
    session.withCore(async ({ client }) => {
      await client.requests.resume({ id })
      return followRequest(session, client, id)
    }),
  )
  one(parent, cli, 'cancel', 'stop it', async (session, id) =>
    session.withCore(({ client }) => client.requests.cancel({ id })),
  )
}

function one(
  parent: Command,
  cli: Cli,
  verb: string,
  description: string,
  act: (session: Session, id: WorkRequest['id']) => Promise<WorkRequest>,
): void {
  parent
    .command(verb)
    .description(description)
    .argument('<id>', 'request id', wholeNumber(1))
    .action((id: number) =>
      cli.run(async (session) => {
        const request = await act(session, requestIdSchema.parse(id))
        session.out.result(request, () => listing([request]))
        return undefined
      }),
    )
}

async function list(session: Session, limit: number): Promise<undefined> {
  const requests = await session.withCore(({ client }) => client.requests.list({ limit }))
  session.out.result(requests, () => listing(requests))
  return undefined
}

function listing(requests: readonly WorkRequest[]): string {
  const share = ({ progress }: WorkRequest) =>
    progress === null ? '' : `${Math.floor(progress * 100)} %`
  return table([
    ['ID', 'STATE', 'DONE', 'TITLE', 'NOW'],
    ...requests.map((one) => [one.id, one.state, share(one), one.title, one.message]),
  ])
}
