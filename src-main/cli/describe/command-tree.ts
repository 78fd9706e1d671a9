import type { Argument, Command, Option } from 'commander'

/** What stands where a value is expected, as a shell can complete it. */
export type ValueKind = 'file' | 'folder' | 'format' | 'text'

export interface ArgumentFacts {
  readonly name: string
  readonly description: string
  readonly required: boolean
  readonly variadic: boolean
  readonly kind: ValueKind
}

export interface OptionFacts {
  /** As it is written, e.g. `--outdir <dir>`. */
  readonly flags: string
  /** `--outdir`, and `-o` where there is one. */
  readonly names: readonly string[]
  readonly description: string
  readonly mandatory: boolean
  readonly choices: readonly string[]
  /** As text; null where there is none worth telling. */
  readonly standard: string | null
  /** Null: it takes no value. */
  readonly kind: ValueKind | null
}

/** One command with all that a person may type after it. */
export interface CommandFacts {
  /** `['fieldmark', 'task', 'create']` */
  readonly path: readonly string[]
  readonly summary: string
  /** `fieldmark task create [options] <name> <paths...>` */
  readonly usage: string
  readonly args: readonly ArgumentFacts[]
  readonly options: readonly OptionFacts[]
  readonly commands: readonly CommandFacts[]
}

/**
 * The command line as facts, from the definitions that parse it: the man page, the completions and the reference in
 * docs/cli.md are all written from this, so none of them can say what is not true.
 */
export function commandTree(command: Command, above: readonly string[] = []): CommandFacts {
  const path = [...above, command.name()]
  return {
    path,
    summary: command.description(),
    usage: `${path.join(' ')} ${command.usage()}`,
    args: command.registeredArguments.map(argumentFacts),
    options: command.options.filter(({ hidden }) => !hidden).map(optionFacts),
    commands: command.commands
      .filter((one) => one.name() !== 'help' && !isHidden(one))
      .map((one) => commandTree(one, path)),
  }
}

/** Every command that does something by itself, in the order of the tree. */
export function* runnable(tree: CommandFacts): Generator<CommandFacts> {
  if (tree.commands.length === 0) yield tree
  for (const child of tree.commands) yield* runnable(child)
}

/** The tree's commands, groups and root among them. */
export function* everyCommand(tree: CommandFacts): Generator<CommandFacts> {
  yield tree
  for (const child of tree.commands) yield* everyCommand(child)
}

/** Commander keeps this to itself. */
function isHidden(command: Command): boolean {
  return (command as unknown as { _hidden?: boolean })._hidden === true
}

function argumentFacts(argument: Argument): ArgumentFacts {
  const name = argument.name()
  const { description, required, variadic } = argument
  return { name, description, required, variadic, kind: kindOf(name) }
}

function optionFacts(option: Option): OptionFacts {
  const value = /[<[]([^>\]]+)[>\]]/.exec(option.flags)?.[1] ?? null
  const { flags, description, mandatory } = option
  const names = [option.long, option.short].filter((name) => name !== undefined && name !== null)
  const kind = value === null ? null : kindOf(option.long === '--format' ? 'format' : value)
  const isTold = option.defaultValue !== undefined && typeof option.defaultValue !== 'boolean'
  const standard = isTold ? String(option.defaultValue) : null
  return { flags, names, description, mandatory, choices: option.argChoices ?? [], standard, kind }
}

/** The words used in `<…>` say what they stand for. */
function kindOf(name: string): ValueKind {
  if (/^format/.test(name)) return 'format'
  if (/^(?:dir|folder|outdir)/.test(name)) return 'folder'
  return /^(?:file|path|archive)/.test(name) ? 'file' : 'text'
}
