import { type CommandFacts, everyCommand } from '../command-tree.ts'

/** A PowerShell completion. */
export function powershellCompletion(tree: CommandFacts, formats: readonly string[]): string {
  const table = [...everyCommand(tree)].map(({ path, commands, options }) => {
    const all = [...options, ...tree.options]
    const flags = new Set(all.flatMap(({ names }) => names))
    const words = [...commands.map((one) => one.path.at(-1) ?? ''), ...flags, '--help']
    const values = all.flatMap(({ names, kind, choices }) => {
      const said = kind === 'format' ? formats : choices
      return said.length === 0 ? [] : names.map((name) => `${quote(name)} = ${list(said)}`)
    })
    return `  ${quote(path.join(' '))} = @{ Words = ${list(words)}; Values = @{ ${values.join('; ')} } }`
  })
  return `# PowerShell completion for fieldmark. Load it with: fieldmark completion powershell | Out-String | Invoke-Expression
$fieldmarkCommands = @{
${table.join('\n')}
}
Register-ArgumentCompleter -Native -CommandName fieldmark -ScriptBlock {
  param($wordToComplete, $commandAst, $cursorPosition)
  $words = @($commandAst.CommandElements | ForEach-Object { $_.ToString() })
  if ($wordToComplete -ne '') { $words = @($words | Select-Object -SkipLast 1) }
  $at = 'fieldmark'
  foreach ($word in ($words | Select-Object -Skip 1)) {
    if ($fieldmarkCommands.ContainsKey("$at $word")) { $at = "$at $word" }
  }
  $here = $fieldmarkCommands[$at]
  $last = if ($words.Count -gt 1) { $words[-1] } else { '' }
  $offered = if ($here.Values.ContainsKey($last)) { $here.Values[$last] } else { $here.Words }
  $offered | Where-Object { $_ -like "$wordToComplete*" } | ForEach-Object {
    $text = if ($_ -match ' ') { "'$_'" } else { $_ }
    [System.Management.Automation.CompletionResult]::new($text, $_, 'ParameterValue', $_)
  }
}
`
}

function list(words: readonly string[]): string {
  return `@(${words.map(quote).join(', ')})`
}

function quote(text: string): string {
  return `'${text.replaceAll("'", "''")}'`
}
