import { type Command, CommanderError } from 'commander'
import { AppError } from '#shared/errors/app-error.ts'
import { leaveProcess } from '../threads.ts'
import type { Connection } from './connect.ts'
import { chooseDataDir } from './data-dir.ts'
import { EXIT, exitCodeOf, failureBody, usageError } from './failure.ts'
import { dashOptions } from './options.ts'
import { createOutput, type Streams } from './output.ts'
import { buildProgram } from './program.ts'
import type { Cli, Session } from './session.ts'

export { leaveProcess } from '../threads.ts'

/** The outside world, so that tests can stand in for it. */
export interface World {
  readonly streams: Streams
  readonly env: Readonly<Record<string, string | undefined>>
  readonly platform: NodeJS.Platform
  readonly cwd: string
  readonly signal: AbortSignal
  /** @param where.what  this command, for the sentence a second process gets */
  connect(where: { dataDir: string; what: string }): Promise<Connection>
}

/**
 * Run one command line. Exit status: 0 done, 1 failed or partly failed, 2 wrong usage, 130 interrupted.
 * @param argv  without `node` and the script
 */
export async function runCli(argv: readonly string[], world: World = realWorld()): Promise<number> {
  let exitCode: number = EXIT.done
  const globals = { json: argv.includes('--json'), quiet: argv.includes('--quiet') }
  const out = createOutput(world.streams, globals)
  const cli: Cli = {
    async run(work) {
      const { dataDir } = program.opts<{ dataDir?: string }>()
      exitCode =
        (await work(
          openSession(world, { ...globals, dataDir, what: howTo(program, argv).path }, out),
        )) ?? EXIT.done
    },
  }
  const program = buildProgram(cli, world.streams)
  try {
    await program.parseAsync(dashOptions(argv), { from: 'user' })
    return exitCode
  } catch (thrown) {
    const error =
      thrown instanceof CommanderError ? usageError(thrown, howTo(program, argv)) : thrown
    if (error === null) return EXIT.done
    out.failure(failureBody(error))
    return exitCodeOf(error, world.signal.aborted)
  }
}

/** How the command that was meant is called: the deepest one the words name. */
function howTo(program: Command, argv: readonly string[]) {
  let command = program
  let path = program.name()
  for (const word of argv) {
    const named = command.commands.find((one) => one.name() === word)
    if (!named) continue
    command = named
    path += ` ${word}`
  }
  return { path, usage: `${path} ${command.usage()}`, help: `${path} --help` }
}

function openSession(
  { env, platform, cwd, signal, connect }: World,
  { json, what, dataDir: option }: { json: boolean; what: string; dataDir: string | undefined },
  out: Session['out'],
): Session {
  const dataDir = chooseDataDir({ option, env, platform, cwd })
  return {
    out,
    json,
    dataDir,
    cwd,
    signal,
    async withCore(work, how = { evenInterrupted: false }) {
      const connection = await connect({ dataDir, what })
      try {
        if (signal.aborted && !how.evenInterrupted)
          throw new AppError('CANCELLED', { what: 'The command' })
        return await work(connection)
      } finally {
        await connection.close()
      }
    },
  }
}

function realWorld(): World {
  const interrupt = new AbortController()
  for (const name of ['SIGINT', 'SIGTERM'] as const) {
    process.on(name, () => {
      // Once asks to stop cleanly; twice means now. Whatever was being written is under a temporary name.
      if (interrupt.signal.aborted) leaveProcess(EXIT.interrupted)
      interrupt.abort()
    })
  }
  return {
    streams: {
      out: (text) => process.stdout.write(text),
      err: (text) => process.stderr.write(text),
      interactive: process.stderr.isTTY === true,
    },
    env: process.env,
    platform: process.platform,
    cwd: process.cwd(),
    signal: interrupt.signal,
    // Imported late: `--help` and wrong usage need no client.
    connect: async (where) => (await import('./connect.ts')).connect(where),
  }
}

if (import.meta.main) {
  // `fieldmark task ls | head -1` closes our stdout early; that is no failure.
  process.stdout.on('error', () => leaveProcess(EXIT.done))
  const code = await runCli(process.argv.slice(2))
  process.stdout.write('', () => leaveProcess(code))
}
