import { useTranslation } from 'react-i18next'
import { annotationVocabulary, findField } from '#shared/filter/fields.ts'
import { isReserved, type Token, tokenise } from '#shared/filter/lexer.ts'
import type { FilterProblem } from '#shared/filter/problem.ts'
import classes from '../filter.module.css'

interface Props {
  readonly text: string
  readonly problem: FilterProblem | null
  readonly onChange: (text: string) => void
}

/** The filter as text, its words in colour, and what is wrong with it under the very place. */
export function FilterText({ text, problem, onChange }: Props) {
  const { t } = useTranslation('filter')
  return (
    <div className={classes.textBox}>
      <div className={classes.editor} data-wrong={problem !== null}>
        <pre aria-hidden="true">
          <Painted text={text} problem={problem} />{' '}
        </pre>
        <textarea
          aria-label={t('text')}
          data-autofocus
          aria-invalid={problem !== null}
          aria-describedby="filter-problem"
          placeholder={t('textPlaceholder')}
          rows={1}
          spellCheck={false}
          autoComplete="off"
          value={text}
          onChange={(event) => onChange(event.currentTarget.value)}
          onKeyDown={(event) => {
            if (event.key !== 'Enter' || event.shiftKey) return
            event.preventDefault()
            event.currentTarget.form?.requestSubmit()
          }}
        />
      </div>
      <span id="filter-problem" className={classes.problem} role="alert">
        {problem && t('problemAt', { column: problem.column, problem: sentence(t, problem) })}
      </span>
    </div>
  )
}

/** The problem in the person's language. Its words are filled in by name, which the typed `t` cannot check. */
function sentence(t: unknown, { expected, words }: FilterProblem): string {
  return (t as (key: string, words: object) => string)(`expected-${expected}`, words)
}

/** Every character of the text, in order: what lies under the letters of the text field. */
function Painted({ text, problem }: Omit<Props, 'onChange'>) {
  const tokens = tokenise(text)
  const wrong = problem && { start: problem.column - 1, stop: problem.column - 1 + problem.length }
  return tokens.map((token, at) => {
    const gap = text.slice(tokens[at - 1]?.stop ?? 0, token.start)
    const isWrong = wrong !== null && token.start < wrong.stop && token.stop >= wrong.start
    // Where the text ends too early, the mistake is where the next word would be.
    const shown = token.kind === 'end' ? (isWrong ? ' ' : '') : text.slice(token.start, token.stop)
    return (
      <span key={token.start}>
        {gap}
        <i data-kind={paintOf(token)} data-wrong={isWrong && isFirst(token, wrong.start)}>
          {shown}
        </i>
      </span>
    )
  })
}

/** The token the mistake begins in, or the first after it. */
function isFirst(token: Token, start: number): boolean {
  return token.stop > start || token.kind === 'end'
}

function paintOf({ kind, value }: Token): string {
  if (kind !== 'word') return kind
  if (isReserved(value)) return 'keyword'
  return findField(annotationVocabulary, value) === null ? 'word' : 'property'
}
