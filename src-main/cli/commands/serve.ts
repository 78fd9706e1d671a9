import type { Command } from 'commander'
import { EXIT } from '../failure.ts'
import { wholeNumber } from '../options.ts'
import type { Cli, Session } from '../session.ts'
import { browserOptions, pageOf, untilInterrupted } from '../show-app.ts'

interface Options {
  readonly host: string
  readonly port: number
  readonly open?: boolean
}

export function addServe(parent: Command, cli: Cli): void {
  parent
    .command('serve')
    .description('serve the app to a browser on this machine; prints its address')
    .option('--host <host>', 'address to listen at', '127.0.0.1')
    .option('--port <port>', 'port to listen at; 0 takes a free one', wholeNumber(0), 0)
    .option('--open', 'open the browser too')
    .action((options: Options) => cli.run((session) => serve(session, options)))
}

/** Serves until Ctrl+C. Where a Fieldmark already holds the data directory, its address is the answer. */
function serve(session: Session, { host, port, open = false }: Options): Promise<number> {
  return session.withCore(async (connection) => {
    const { url, close } = await pageOf(connection, { host, port })
    const attached = connection.attachedUrl !== null
    if (attached) session.out.note('Fieldmark is already running on this data directory.')
    session.out.result({ url, attached }, () => url)
    if (open) {
      const { openBrowser } = await import('#main/shells/web/open-browser.ts')
      await openBrowser(url, browserOptions(session))
    }
    if (!attached) {
      session.out.note('Press Ctrl+C to stop.')
      await untilInterrupted(session.signal)
    }
    await close()
    return EXIT.done
  })
}
