import {
  type CommandFacts,
  everyCommand,
  type OptionFacts,
  type ValueKind,
} from '../command-tree.ts'

/** A zsh completion, with what each option does beside it. */
export function zshCompletion(tree: CommandFacts, formats: readonly string[]): string {
  const commands = [...everyCommand(tree)]
  const paths = commands.slice(1).map(({ path }) => `'${path.join(' ')}'`)
  return `#compdef fieldmark
# zsh completion for fieldmark. Save it as _fieldmark in a folder of your fpath, or: source <(fieldmark completion zsh)
_fieldmark_formats() {
  local -a formats
  formats=(${formats.map(quote).join(' ')})
  compadd -a formats
}
_fieldmark() {
  local at=fieldmark word
  for word in \${words[2,CURRENT-1]}; do
    case "$at $word" in
      ${paths.join('|')}) at="$at $word" ;;
    esac
  done
  case "$at" in
${commands.map((command) => branch(tree, command)).join('\n')}
  esac
}
if [[ $zsh_eval_context[-1] == loadautofunc ]]; then _fieldmark "$@"; else compdef _fieldmark fieldmark; fi
`
}

function branch(tree: CommandFacts, command: CommandFacts): string {
  const { path, commands, args } = command
  const options = [
    ...command.options,
    ...tree.options.filter((one) => !command.options.includes(one)),
  ]
  const specs = [...options.flatMap(optionSpecs), `'--help[how it is called]'`]
  const file = args.find(({ kind }) => kind === 'file' || kind === 'folder')
  const words = commands.map(
    (one) => `${one.path.at(-1)}\\:${quoteInside(escapeColons(one.summary))}`,
  )
  if (words.length > 0)
    specs.push(`'*:command:((${words.map((word) => word.replaceAll(' ', '\\ ')).join(' ')}))'`)
  else specs.push(`'*:${file?.name ?? 'argument'}:${file ? '_files' : ' '}'`)
  return `    '${path.join(' ')}')\n      _arguments ${specs.join(' \\\n        ')} ;;`
}

function optionSpecs({ names, description, kind, choices }: OptionFacts): string[] {
  const told = quoteInside(description.replaceAll('[', '(').replaceAll(']', ')'))
  const value = kind === null ? '' : `:value:${action(kind, choices)}`
  return names.map((name) => `'${name}[${told}]${value}'`)
}

function action(kind: ValueKind, choices: readonly string[]): string {
  if (choices.length > 0) return `(${choices.join(' ')})`
  const actions = { file: '_files', folder: '_files -/', format: '_fieldmark_formats', text: ' ' }
  return actions[kind]
}

function escapeColons(text: string): string {
  return text.replace(/[:()]/g, (found) => `\\${found}`)
}

function quoteInside(text: string): string {
  return text.replaceAll("'", "'\\''")
}

function quote(text: string): string {
  return `'${quoteInside(text)}'`
}
