import { type CommandFacts, type OptionFacts, runnable } from './command-tree.ts'

/** Every command with its arguments and options, as the second half of docs/cli.md. */
export function commandReference(tree: CommandFacts): string {
  return [...runnable(tree)].map(section).join('\n')
}

function section({ path, summary, usage, args, options }: CommandFacts): string {
  const parts = [`### ${path.join(' ')}\n`, `${sentence(summary)}\n`, `\`${usage}\`\n`]
  const rows = [
    ...args
      .filter(({ description }) => description !== '')
      .map((one) => [`\`${one.name}\``, one.description]),
    ...options.map((one) => [`\`${one.flags}\``, optionText(one)]),
  ]
  if (rows.length > 0) {
    const lines = rows.map(([name, text]) => `| ${cell(name ?? '')} | ${cell(text ?? '')} |`)
    parts.push(`| | |\n|---|---|\n${lines.join('\n')}\n`)
  }
  return parts.join('\n')
}

/** What an option does, with its choices and default. */
export function optionText({ description, choices, standard, mandatory }: OptionFacts): string {
  const facts = [
    choices.length > 0 ? `one of ${choices.join(', ')}` : '',
    standard === null ? '' : `default ${standard}`,
    mandatory ? 'required' : '',
  ].filter((fact) => fact !== '')
  return facts.length === 0 ? description : `${description} (${facts.join('; ')})`
}

/** `list the tasks` becomes `List the tasks.` */
export function sentence(clause: string): string {
  return `${clause.charAt(0).toUpperCase()}${clause.slice(1)}${clause.endsWith('.') ? '' : '.'}`
}

function cell(text: string): string {
  return text.replaceAll('|', '\\|')
}
