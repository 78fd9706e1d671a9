import { useTranslation } from 'react-i18next'
import { useBench, useUi } from '../bench/context.ts'
import { AttributesPanel } from '../modes/attributes/attributes-panel.tsx'
import { SingleShapePanel } from '../modes/single-shape/single-shape-panel.tsx'
import { TagsPanel } from '../modes/tags/tags-panel.tsx'
import { PredictionsPanel } from '../predictions/predictions-panel.tsx'
import { PredictionsTab, useHasPanel } from '../predictions/predictions-tab.tsx'
import { AppearancePanel } from './appearance-panel.tsx'
import { HistoryPanel } from './history-panel.tsx'
import { LabelsPanel } from './labels-panel.tsx'
import { ObjectsPanel } from './objects-panel.tsx'
import classes from './side-bar.module.css'

const tabs = ['objects', 'labels', 'history'] as const

/** Workspaces that have a panel of their own in place of the tabs. */
const modePanels = {
  standard: null,
  tags: TagsPanel,
  attributes: AttributesPanel,
  'single-shape': SingleShapePanel,
} as const

/** Objects, labels and history of the task, and below them how shapes look. */
export function SideBar() {
  const { t } = useTranslation('workspace')
  const bench = useBench()
  const tab = useUi((state) => state.tab)
  const mode = useUi((state) => state.mode)
  const hasPredictions = useHasPanel()
  const Panel = modePanels[mode]
  if (Panel)
    return (
      <aside className={classes.sideBar} aria-label={t(`mode-${mode}`)}>
        <Panel />
        <AppearancePanel />
      </aside>
    )
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
        {hasPredictions && (
          <button
            type="button"
            role="tab"
            aria-selected={tab === 'predictions'}
            className={classes.tab}
            onClick={() => bench.ui.setState({ tab: 'predictions' })}
          >
            <PredictionsTab />
          </button>
        )}
      </div>
      <div className={classes.panel} role="tabpanel">
        {tab === 'objects' && <ObjectsPanel />}
        {tab === 'labels' && <LabelsPanel />}
        {tab === 'history' && <HistoryPanel />}
        {tab === 'predictions' && <PredictionsPanel />}
      </div>
      <AppearancePanel />
    </aside>
  )
}
