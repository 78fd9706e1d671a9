import { type CommandFacts, type OptionFacts, runnable } from './command-tree.ts'
import { optionText, sentence } from './markdown.ts'

/**
 * The manual page of section 1 with every command in it, in the `man` macros every system has (man 7 man).
 * No date: the page changes when the command line does and not with the day it was written.
 */
export function manPage(tree: CommandFacts, version: string): string {
  return `${[
    `.TH FIELDMARK 1 "" "Fieldmark ${roff(version)}" "User Commands"`,
    '.SH NAME',
    'fieldmark \\- offline-first annotation of images, video and point clouds',
    '.SH SYNOPSIS',
    '.B fieldmark',
    '[\\fIoptions\\fR] \\fIcommand\\fR [\\fIarguments\\fR]',
    '.SH DESCRIPTION',
    paragraph(sentence(tree.summary)),
    'Results go to standard output, progress and remarks to standard error.',
    '.SH OPTIONS',
    'These may stand before or behind any command.',
    ...tree.options.map(option),
    '.SH COMMANDS',
    ...[...runnable(tree)].map(command),
    ...EXIT_STATUS,
    ...ENVIRONMENT,
    '.SH EXAMPLES',
    ...EXAMPLES.flatMap(([what, line]) => [
      paragraph(what),
      '.PP',
      '.RS',
      '.nf',
      roff(line),
      '.fi',
      '.RE',
      '.PP',
    ]),
  ].join('\n')}\n`
}

function command({ path, summary, usage, args, options }: CommandFacts): string {
  return [
    `.SS ${quoted(path.slice(1).join(' '))}`,
    `.B ${roff(usage)}`,
    '.PP',
    paragraph(sentence(summary)),
    ...args
      .filter(({ description }) => description !== '')
      .flatMap(({ name, description }) => ['.TP', `\\fI${roff(name)}\\fR`, paragraph(description)]),
    ...options.map(option),
  ].join('\n')
}

function option(facts: OptionFacts): string {
  return ['.TP', `\\fB${roff(facts.flags)}\\fR`, paragraph(optionText(facts))].join('\n')
}

const EXIT_STATUS = [
  '.SH EXIT STATUS',
  ...[
    ['0', 'done'],
    ['1', 'failed, or done in part: what, where and what to do is on standard error'],
    ['2', 'wrong usage'],
    ['130', 'interrupted; nothing is left half done'],
  ].flatMap(([status, meaning]) => ['.TP', `.B ${status}`, `${meaning}`]),
]

const ENVIRONMENT = [
  '.SH ENVIRONMENT',
  '.TP',
  '.B FIELDMARK_HOME',
  'the data directory, where \\-\\-data\\-dir does not say another',
]

const EXAMPLES = [
  ['Make a task of a folder:', `fieldmark task create street --labels '[{"name":"car"}]' ~/photos`],
  [
    'Export it with its pictures:',
    'fieldmark task export-dataset 1 street.zip --format "COCO 1.0" --with-images',
  ],
  ['Find small cars:', `fieldmark query 1 'label == "car" and width < 20'`],
] as const

/** Text of its own line: a line that begins with a dot or an apostrophe would be a request. */
function paragraph(text: string): string {
  const escaped = roff(text)
  return /^[.']/.test(escaped) ? `\\&${escaped}` : escaped
}

function roff(text: string): string {
  return text.replaceAll('\\', '\\e').replaceAll('-', '\\-')
}

function quoted(text: string): string {
  return `"${roff(text).replaceAll('"', '\\(dq')}"`
}
