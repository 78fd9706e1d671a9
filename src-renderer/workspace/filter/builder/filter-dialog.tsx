import { Button, Modal } from '@mantine/core'
import { useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { formatNumber } from '#renderer/ui/format.ts'
import { annotationMatcher } from '#shared/filter/annotation-facts.ts'
import type { Filter } from '#shared/filter/filter.ts'
import { parseFilter } from '#shared/filter/parser.ts'
import { printFilter } from '#shared/filter/print.ts'
import type { FilterProblem } from '#shared/filter/problem.ts'
import { useBench, useDocument, useUi } from '../../bench/context.ts'
import classes from '../filter.module.css'
import { applyFilter } from '../filter-verbs.ts'
import { type Builder, BuilderContext } from './context.ts'
import { FilterText } from './filter-text.tsx'
import { GroupCard } from './group-card.tsx'
import { firstRule } from './properties.ts'
import { RecentFilters } from './recent-filters.tsx'
import { filterOf, type GroupNode, move, newGroup, type Place, treeOf } from './tree.ts'

/** Rules and text of one filter, side by side: whichever is changed, the other follows. Nothing holds before Submit. */
export function FilterDialog() {
  const { t } = useTranslation('filter')
  const bench = useBench()
  const draft = useDraft(bench.ui.getState().filter)
  const close = () => bench.ui.setState({ isFilterOpen: false })
  const submit = (filter: Filter | null) => {
    applyFilter(bench, filter)
    close()
  }
  const { tree, text, problem } = draft
  const ready = problem === null
  return (
    <Modal opened onClose={close} title={t('title')} size={820} overlayProps={overlay}>
      <form
        className={classes.dialog}
        onSubmit={(event) => {
          event.preventDefault()
          if (ready) submit(filterOf(tree))
        }}
      >
        <div className={classes.textRow}>
          <FilterText text={text} problem={problem} onChange={draft.write} />
          <RecentFilters onPick={draft.write} />
        </div>
        <BuilderContext value={draft.builder}>
          <div className={classes.tree} data-stale={!ready}>
            <GroupCard group={tree} isOutermost />
          </div>
        </BuilderContext>
        <footer className={classes.foot}>
          <MatchesHere filter={ready ? filterOf(tree) : null} />
          <Button variant="subtle" color="gray" onClick={() => submit(null)}>
            {t('clear')}
          </Button>
          <Button variant="default" onClick={close}>
            {t('cancel')}
          </Button>
          <Button type="submit" disabled={!ready}>
            {t('submit')}
          </Button>
        </footer>
      </form>
    </Modal>
  )
}

/** The picture stays in view behind it. */
const overlay = { backgroundOpacity: 0.25, blur: 0 }

/** The tree and its text. While the text is wrong, the tree stays as it was before the mistake. */
function useDraft(applied: Filter | null) {
  const labels = useUi((state) => state.labels)
  const [tree, setTree] = useState<GroupNode>(() =>
    applied ? treeOf(applied) : newGroup([firstRule(labels)]),
  )
  const [text, setText] = useState(() => textOf(tree))
  const [problem, setProblem] = useState<FilterProblem | null>(null)
  const [dragged, drag] = useState<number | null>(null)
  const [target, aim] = useState<Place | null>(null)

  const change = (how: (tree: GroupNode) => GroupNode) => {
    const next = how(tree)
    setTree(next)
    setText(textOf(next))
    setProblem(null)
  }
  const write = (written: string) => {
    setText(written)
    const parsed = parseFilter(written)
    setProblem(parsed.ok ? null : parsed.problem)
    if (parsed.ok) setTree(treeOf(parsed.filter))
  }
  const drop = () => {
    if (dragged !== null && target) change((now) => move(now, dragged, target))
    drag(null)
    aim(null)
  }
  const builder: Builder = { labels, change, dragged, target, drag, aim, drop }
  return { tree, text, problem, write, builder }
}

function textOf(tree: GroupNode): string {
  const filter = filterOf(tree)
  return filter ? printFilter(filter) : ''
}

/** What submitting would show of this frame. */
function MatchesHere({ filter }: { filter: Filter | null }) {
  const { t } = useTranslation('filter')
  const labels = useUi((state) => state.labels)
  const annotations = useDocument((state) => state.annotations)
  const frame = useDocument((state) => state.frame)
  const shown = useMemo(() => {
    if (!filter) return null
    const matches = annotationMatcher(filter, labels)
    return [...annotations.values()].filter((one) => matches(one, frame)).length
  }, [filter, labels, annotations, frame])
  const total = formatNumber(annotations.size)
  return (
    <span className={classes.matches} role="status">
      {shown !== null && t('matchesHere', { shown: formatNumber(shown), total })}
    </span>
  )
}
