import { ActionIcon, Tooltip } from '@mantine/core'
import { IconX } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { setSettings, useSettings } from '#renderer/state/settings.ts'
import type { Bench } from '../bench/bench.ts'
import { useBench, useUi } from '../bench/context.ts'
import { FrameGallery } from './frame-gallery.tsx'
import classes from './gallery.module.css'
import { ObjectGallery } from './object-gallery.tsx'

/** Over the picture: many frames, or many objects, at a glance. */
export function Gallery() {
  const open = useUi((state) => state.gallery)
  if (open === 'frames') return <FrameGallery />
  return open === 'objects' ? <ObjectGallery /> : null
}

export function closeGallery(bench: Bench): void {
  bench.ui.setState({ gallery: null })
}

/** The line at the top, the same for both: which of the two, what else it needs, how large, close. */
export function GalleryHead({ children }: { children: ReactNode }) {
  const { t } = useTranslation('frames')
  const bench = useBench()
  const gallery = useUi((state) => state.gallery)
  const panels = useSettings((settings) => settings.panels)
  return (
    <div className={classes.head}>
      <div role="tablist" aria-label={t('gallery')}>
        {(['frames', 'objects'] as const).map((name) => (
          <button
            key={name}
            type="button"
            role="tab"
            aria-selected={gallery === name}
            className={classes.tab}
            onClick={() => bench.ui.setState({ gallery: name })}
          >
            {t(`gallery-${name}`)}
          </button>
        ))}
      </div>
      {children}
      <span className={classes.grow} />
      <input
        type="range"
        className={classes.slider}
        aria-label={t('cellSize')}
        title={t('cellSize')}
        min={96}
        max={320}
        step={8}
        value={panels.galleryCell}
        onChange={(event) =>
          setSettings({ panels: { ...panels, galleryCell: Number(event.currentTarget.value) } })
        }
      />
      <Tooltip label={t('close')}>
        <ActionIcon aria-label={t('close')} onClick={() => closeGallery(bench)}>
          <IconX size={18} stroke={1.5} />
        </ActionIcon>
      </Tooltip>
    </div>
  )
}
