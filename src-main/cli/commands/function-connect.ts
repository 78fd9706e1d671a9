import { readFile } from 'node:fs/promises'
import { resolve } from 'node:path'
import { type Command, Option } from 'commander'
import type { Connection, ConnectionTest } from '#shared/contract/connections.ts'
import { parseFunctionYaml } from '#shared/functions/nuclio/function-yaml.ts'
import { EXIT } from '../failure.ts'
import { wholeNumber, wrongUsage } from '../options.ts'
import type { Cli, Session } from '../session.ts'
import { table } from '../table.ts'

interface Options {
  readonly name?: string
  readonly project?: string
  readonly namespace?: string
  readonly via?: 'dashboard' | 'function'
  readonly direct?: boolean
  readonly timeout?: number
  readonly yaml?: string
  readonly remove?: boolean
}

export function addFunctionConnect(parent: Command, cli: Cli): void {
  parent
    .command('connect')
    .description('connect functions that Nuclio runs, here or on another machine')
    .argument(
      '[url]',
      'address of the dashboard, or of one function; else CVAT_NUCLIO_HOST says it',
    )
    .option('--name <name>', 'what to call it')
    .option('--project <name>', "the dashboard's project ('' for all)")
    .option('--namespace <name>', "the dashboard's namespace")
    .addOption(
      new Option('--via <what>', 'what answers at the address').choices(['dashboard', 'function']),
    )
    .option('--direct', 'call functions at their own ports instead of through the dashboard')
    .option('--timeout <seconds>', 'patience with one call', wholeNumber(1))
    .option('--yaml <file>', 'its function.yaml, for --via function')
    .option('--remove', 'forget the connection to this address')
    .action((url: string | undefined, options: Options) =>
      cli.run((session) => connect(session, url, options)),
    )
}

async function connect(session: Session, given: string | undefined, options: Options) {
  return session.withCore(async ({ client }) => {
    const known = await client.connections.list()
    const defaults = await client.connections.defaults()
    const url = addressOf(given ?? defaults.url)
    const same = known.find((one) => sameAddress(one.url, url))
    if (options.remove) {
      if (!same) throw wrongUsage(`There is no connection to ${url}.`, 'function connect')
      const gone = await client.connections.remove({ id: same.id })
      session.out.result(gone, () => `Connection ${gone.id} is forgotten.`)
      return EXIT.done
    }
    const wanted = await wantedConnection(session, { ...defaults, url }, options)
    const id = same?.id ?? freeId(wanted.name, known)
    const tested = await client.connections.test({ ...wanted, id })
    const saved = await client.connections.save({ ...wanted, id })
    for (const warning of tested.warnings) session.out.warn(warning)
    session.out.result({ connection: saved, ...tested }, () => report(saved, tested))
    return EXIT.done
  })
}

/** `gpu:8070` is meant as an address, too. @throws USAGE */
function addressOf(text: string): string {
  const address = text.includes('://') ? text : `http://${text}`
  if (!URL.canParse(address))
    throw wrongUsage(`${text} is no address such as http://host:8070.`, 'function connect')
  return new URL(address).href
}

async function wantedConnection(
  { cwd }: Session,
  standard: Connection,
  { name, project, namespace, via = 'dashboard', direct, timeout, yaml }: Options,
): Promise<Connection> {
  if (via === 'function' && yaml === undefined)
    throw wrongUsage('Say with --yaml what the function is.', 'function connect')
  const functionYaml = yaml === undefined ? '' : await readFile(resolve(cwd, yaml), 'utf8')
  if (yaml !== undefined) parseFunctionYaml(functionYaml, yaml)
  return {
    ...standard,
    name: name ?? new URL(standard.url).hostname,
    via,
    functionYaml,
    invoke: direct ? 'direct' : standard.invoke,
    project: project ?? standard.project,
    namespace: namespace ?? standard.namespace,
    timeoutSeconds: timeout ?? standard.timeoutSeconds,
  }
}

/** Names and passwords aside. */
function sameAddress(a: string, b: string): boolean {
  const bare = (text: string) => {
    const { host, pathname } = new URL(text)
    return `${host}${pathname.replace(/\/$/, '')}`
  }
  return bare(a) === bare(b)
}

/** A connection's id is part of the ids of its functions: short, and free. */
export function freeId(name: string, known: readonly { readonly id: string }[]): string {
  const plain =
    name
      .toLowerCase()
      .replace(/[^a-z0-9]+/g, '-')
      .replace(/^-+|-+$/g, '')
      .slice(0, 50) || 'nuclio'
  const isTaken = (id: string) => known.some((one) => one.id === id)
  let id = plain
  for (let at = 2; isTaken(id); at++) id = `${plain}-${at}`
  return id
}

function report({ id, name }: Connection, { functions }: ConnectionTest): string {
  const head = `Connected ${name}.`
  if (functions.length === 0) return `${head} It has no functions that annotate.`
  const rows = functions.map((one) => [
    `nuclio/${id}/${one.name}`,
    one.kind,
    one.state,
    one.problem,
  ])
  return `${head}\n${table([['ID', 'KIND', 'STATE', ''], ...rows])}`
}
