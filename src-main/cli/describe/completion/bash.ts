import { type CommandFacts, everyCommand, type ValueKind } from '../command-tree.ts'

/** A bash completion. Nothing of Fieldmark runs while a person types: all words are in the script. */
export function bashCompletion(tree: CommandFacts, formats: readonly string[]): string {
  const commands = [...everyCommand(tree)]
  const paths = commands.slice(1).map(({ path }) => pattern(path))
  return `# bash completion for fieldmark. Load it with: source <(fieldmark completion bash)
_fieldmark() {
  local cur=\${COMP_WORDS[COMP_CWORD]} prev=\${COMP_WORDS[COMP_CWORD-1]} path=fieldmark word words='' kind='' i
  for ((i = 1; i < COMP_CWORD; i++)); do
    word=\${COMP_WORDS[i]}
    case "$path $word" in
      ${paths.join('|')}) path="$path $word" ;;
    esac
  done
  case "$path:$prev" in
${commands.flatMap((command) => valueCases(tree, command)).join('\n')}
  esac
  if [[ -z $kind ]]; then
    case "$path" in
${commands.map((command) => wordCase(tree, command)).join('\n')}
    esac
    [[ $cur == -* ]] && kind=words
  fi
  case "$kind" in
    folder) compopt -o filenames; mapfile -t COMPREPLY < <(compgen -d -- "$cur") ;;
    file) compopt -o filenames; mapfile -t COMPREPLY < <(compgen -f -- "$cur") ;;
    format)
      local IFS=$'\\n'
      mapfile -t COMPREPLY < <(compgen -W '${formats.map((name) => quoteSingle(name)).join('\n')}' -- "\${cur#[\\"\\']}")
      [[ $cur == [\\"\\']* ]] || COMPREPLY=("\${COMPREPLY[@]// /\\\\ }") ;;
    text) COMPREPLY=() ;;
    *) mapfile -t COMPREPLY < <(compgen -W "$words" -- "$cur") ;;
  esac
}
complete -F _fieldmark fieldmark
`
}

/** What follows an option that takes a value. */
function valueCases(tree: CommandFacts, { path, options }: CommandFacts): string[] {
  return [...options, ...tree.options].flatMap(({ names, kind, choices }) => {
    if (kind === null) return []
    const at = names.map((name) => `'${path.join(' ')}:${name}'`).join('|')
    const what =
      choices.length > 0
        ? `kind=words words='${choices.join(' ')}'`
        : `kind=${kind satisfies ValueKind}`
    return [`    ${at}) ${what} ;;`]
  })
}

function wordCase(tree: CommandFacts, { path, commands, options, args }: CommandFacts): string {
  const flags = [...options, ...tree.options].flatMap(({ names }) => names)
  const words = [...commands.map((one) => one.path.at(-1)), ...new Set(flags), '--help']
  const takesFiles = args.some(({ kind }) => kind === 'file' || kind === 'folder')
  return `      ${pattern(path)}) words='${words.join(' ')}'${takesFiles ? ' kind=file' : ''} ;;`
}

function pattern(path: readonly string[]): string {
  return `'${path.join(' ')}'`
}

function quoteSingle(text: string): string {
  return text.replaceAll("'", "'\\''")
}
