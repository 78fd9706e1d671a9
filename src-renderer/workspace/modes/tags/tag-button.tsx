import { ActionIcon, HoverCard } from '@mantine/core'
import { IconTag } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { useBench, useUi } from '../../bench/context.ts'
import { actionTitle } from '../../parts/action-text.ts'
import tools from '../../tools/tools.module.css'
import { addTag, tagLabels } from './tags.ts'

/** Tags are no tool: nothing is drawn. The button offers the labels, a click on one tags the frame. */
export function TagButton() {
  const { t } = useTranslation('workspace')
  const bench = useBench()
  const labels = tagLabels(useUi((state) => state.labels))
  const first = labels[0]
  return (
    <HoverCard position="right-start" openDelay={220} closeDelay={160} offset={8} width={232}>
      <HoverCard.Target>
        <ActionIcon
          size={34}
          className={tools.tool}
          aria-label={actionTitle('modes.tag')}
          onMouseDown={(event) => event.preventDefault()}
          onClick={() => first && addTag(bench, first.id)}
        >
          <IconTag size={18} stroke={1.5} />
        </ActionIcon>
      </HoverCard.Target>
      <HoverCard.Dropdown className={tools.card ?? ''}>
        <div className={tools.cardTitle}>{actionTitle('modes.tag')}</div>
        <div className={tools.labels}>
          {labels.map((label) => (
            <button
              key={label.id}
              type="button"
              className={tools.label}
              onClick={() => addTag(bench, label.id)}
            >
              <i style={{ background: label.color }} />
              <span>{label.name}</span>
            </button>
          ))}
          {labels.length === 0 && <p className={tools.none}>{t('noTagLabels')}</p>}
        </div>
      </HoverCard.Dropdown>
    </HoverCard>
  )
}
