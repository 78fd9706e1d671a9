import type { Command } from 'commander'
import { desktopShell } from '../desktop-shell.ts'
import { EXIT, failureBody } from '../failure.ts'
import type { Cli, Session } from '../session.ts'
import { version } from '../version.ts'

interface Check {
  readonly name: string
  readonly ok: boolean
  readonly detail: string
  readonly remedy: string | null
}

export function addDoctor(parent: Command, cli: Cli): void {
  parent
    .command('doctor')
    .description('check the installation: versions, shells, data directory, database, disk')
    .action(() =>
      cli.run(async (session) => {
        const checks = [...(await coreChecks(session)), desktopCheck(), await browserCheck()]
        const ok = checks.every((check) => check.ok)
        const document = { ok, version, dataDir: session.dataDir, checks }
        session.out.result(document, () => checks.map(line).join('\n'))
        return ok ? EXIT.done : EXIT.failed
      }),
    )
}

/** What the core says of itself; a core that cannot even start is what a doctor is called for, so that is a finding. */
async function coreChecks({ withCore, dataDir }: Session): Promise<readonly Check[]> {
  try {
    return await withCore(async ({ client, attachedUrl }) => {
      const { checks } = await client.app.doctor()
      const how = attachedUrl === null ? 'writable, free' : 'held by the Fieldmark that is running'
      const holder = {
        name: 'data directory',
        ok: true,
        detail: `${dataDir} (${how})`,
        remedy: null,
      }
      return [...checks, holder]
    })
  } catch (error) {
    const { message, remedy } = failureBody(error)
    return [{ name: 'data directory', ok: false, detail: message, remedy }]
  }
}

/** Neither shell is required alone: each stands in for the other, and the command line needs none. */
function desktopCheck(): Check {
  const shell = desktopShell()
  const detail = shell.found ? shell.binary : `${shell.why} The browser is used instead.`
  return { name: 'desktop shell (Electron)', ok: true, detail, remedy: null }
}

async function browserCheck(): Promise<Check> {
  const { findChromium } = await import('#main/shells/web/open-browser.ts')
  const browser = findChromium(process.env, process.platform)
  const detail = browser ?? 'No Chromium or Chrome found; the web shell prints its address.'
  return { name: 'web shell (Chromium)', ok: true, detail, remedy: null }
}

function line({ name, ok, detail, remedy }: Check): string {
  return `${ok ? 'ok  ' : 'BAD '} ${name}: ${detail}${remedy === null ? '' : `\n     ${remedy}`}`
}
