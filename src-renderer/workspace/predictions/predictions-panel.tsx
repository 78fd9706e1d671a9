import { ActionIcon, Menu } from '@mantine/core'
import { IconDots, IconEye, IconEyeOff, IconRestore, IconTrash } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { Segmented } from '#renderer/ui/segmented.tsx'
import { useBench } from '../bench/context.ts'
import { ActionButton } from '../parts/action-button.tsx'
import { ActionItem } from '../parts/action-item.tsx'
import { releaseFocus } from '../parts/release-focus.ts'
import sideClasses from '../side-bar/side-bar.module.css'
import { DifferenceList } from './difference-list.tsx'
import { PredictionList } from './prediction-list.tsx'
import classes from './predictions.module.css'
import { useLayer } from './use-layer.ts'
import { showView } from './walk.ts'

/** What functions proposed: a list to decide on, or where it and the annotations disagree. */
export function PredictionsPanel() {
  const { t } = useTranslation('predictions')
  const bench = useBench()
  const view = useLayer((state) => state.view)
  const isShown = useLayer((state) => state.isShown)
  return (
    <div className={sideClasses.column}>
      <div className={classes.panelHead}>
        <Segmented
          label={t('view')}
          value={view}
          onChange={(next) => {
            showView(bench, next)
            // Keys are for what is looked through now.
            releaseFocus()
          }}
          data={[
            { value: 'list', label: t('viewList') },
            { value: 'differences', label: t('viewDifferences') },
          ]}
        />
        <span className={sideClasses.grow} />
        {view === 'list' && (
          <ActionButton
            action="predictions.show"
            icon={isShown ? IconEye : IconEyeOff}
            isOn={isShown}
            size={26}
          />
        )}
        <LayerMenu />
      </div>
      {view === 'list' ? <PredictionList /> : <DifferenceList />}
    </div>
  )
}

function LayerMenu() {
  const { t } = useTranslation('predictions')
  return (
    <Menu position="bottom-end" width="max-content">
      <Menu.Target>
        <ActionIcon size={26} aria-label={t('menu')}>
          <IconDots size={16} stroke={1.5} />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        <ActionItem id="predictions.restore" icon={IconRestore} />
        <Menu.Divider />
        <ActionItem id="predictions.clear" icon={IconTrash} color="red" />
      </Menu.Dropdown>
    </Menu>
  )
}
