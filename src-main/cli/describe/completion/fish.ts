import { type CommandFacts, everyCommand, type OptionFacts } from '../command-tree.ts'

/** A fish completion. */
export function fishCompletion(tree: CommandFacts, formats: readonly string[]): string {
  const commands = [...everyCommand(tree)]
  const paths = commands.slice(1).map(({ path }) => quote(path.join(' ')))
  return `# fish completion for fieldmark. Save it as ~/.config/fish/completions/fieldmark.fish
function __fieldmark_at
    set -l at fieldmark
    for word in (commandline -opc)[2..-1]
        if contains -- "$at $word" ${paths.join(' ')}
            set at "$at $word"
        end
    end
    test "$at" = "$argv"
end
complete -c fieldmark -f
${tree.options.map((option) => optionLine('', option, formats)).join('\n')}
${commands.flatMap((command) => lines(tree, command, formats)).join('\n')}
`
}

function lines(tree: CommandFacts, command: CommandFacts, formats: readonly string[]): string[] {
  const { path, commands, options, args } = command
  const when = ` -n ${quote(`__fieldmark_at ${path.join(' ')}`)}`
  const words = commands.map(
    (one) => `complete -c fieldmark${when} -a ${one.path.at(-1)} -d ${quote(one.summary)}`,
  )
  const files = args.some(({ kind }) => kind === 'file' || kind === 'folder')
  const own = command === tree ? [] : options.map((option) => optionLine(when, option, formats))
  return [...words, ...(files ? [`complete -c fieldmark${when} -F`] : []), ...own]
}

function optionLine(
  when: string,
  { names, description, kind, choices }: OptionFacts,
  formats: readonly string[],
): string {
  const flags = names
    .map((name) => (name.startsWith('--') ? ` -l ${name.slice(2)}` : ` -s ${name.slice(1)}`))
    .join('')
  const words = kind === 'format' ? formats : choices
  const value =
    words.length > 0
      ? ` -x -a ${quote(words.map((word) => `'${word}'`).join(' '))}`
      : VALUES[kind ?? 'none']
  return `complete -c fieldmark${when}${flags}${value} -d ${quote(description)}`
}

const VALUES = {
  none: '',
  text: ' -x',
  format: ' -x',
  file: ' -r -F',
  folder: " -x -a '(__fish_complete_directories)'",
}

function quote(text: string): string {
  return `'${text.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`
}
