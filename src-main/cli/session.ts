import type { Connection } from './connect.ts'
import type { Output } from './output.ts'

/** What every command gets. */
export interface Session {
  readonly out: Output
  readonly json: boolean
  readonly dataDir: string
  readonly cwd: string
  /** Aborted by Ctrl+C. */
  readonly signal: AbortSignal
  /**
   * Run `work` with the core, wherever it is, and let go of it afterwards.
   * @param how.evenInterrupted  to tidy up after Ctrl+C, which otherwise keeps work from starting
   */
  withCore<T>(
    work: (connection: Connection) => Promise<T>,
    how?: { readonly evenInterrupted: boolean },
  ): Promise<T>
}

/** A command's body; what it answers is the exit status (nothing means done). */
export type Work = (session: Session) => Promise<number | undefined>

/** How a command file hangs its body on the program. */
export interface Cli {
  run(work: Work): Promise<void>
}
