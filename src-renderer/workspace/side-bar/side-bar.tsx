import { useTranslation } from 'react-i18next'
import type { SideTab } from '../bench/bench.ts'
import { useBench, useUi } from '../bench/context.ts'
import { AppearancePanel } from './appearance-panel.tsx'
import { HistoryPanel } from './history-panel.tsx'
import { LabelsPanel } from './labels-panel.tsx'
import { ObjectsPanel } from './objects-panel.tsx'
import classes from './side-bar.module.css'

const tabs: readonly SideTab[] = ['objects', 'labels', 'history']

/** Objects, labels and history of the task, and below them how shapes look. */
export function SideBar() {
  const { t } = useTranslation('workspace')
  const bench = useBench()
  const tab = useUi((state) => state.tab)
  return (
    <aside className={classes.sideBar}>
      <div className={classes.tabs} role="tablist">
        {tabs.map((name) => (
          <button
            key={name}
            type="button"
            role="tab"
            aria-selected={name === tab}
            className={classes.tab}
            onClick={() => bench.ui.setState({ tab: name })}
          >
            {t(`tab-${name}`)}
          </button>
        ))}
      </div>
      <div className={classes.panel} role="tabpanel">
        {tab === 'objects' && <ObjectsPanel />}
        {tab === 'labels' && <LabelsPanel />}
        {tab === 'history' && <HistoryPanel />}
      </div>
      <AppearancePanel />
    </aside>
  )
}
