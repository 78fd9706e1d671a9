import { Modal } from '@mantine/core'
import { IconX } from '@tabler/icons-react'
import { type ReactNode, useState } from 'react'
import { useTranslation } from 'react-i18next'
import classes from './context-images.module.css'
import { Tool } from './context-images.tsx'
import { ImageView } from './image-view.tsx'
import { type ContextView, plainView } from './view.ts'

interface Props {
  readonly address: string
  readonly name: string
  readonly tools: ReactNode
  readonly turn: ContextView['turn']
  readonly onClose: () => void
}

/** A context image over the whole window; its own zoom, until it is closed. */
export function Maximised({ address, name, tools, turn, onClose }: Props) {
  const { t } = useTranslation('frames')
  const [view, setView] = useState(plainView)
  return (
    <Modal.Root opened fullScreen padding={0} onClose={onClose}>
      <Modal.Content aria-label={name}>
        <Modal.Body className={classes.maximised}>
          <header className={classes.head}>
            <span className={classes.name}>{name}</span>
            {tools}
            <Tool icon={IconX} label={t('contextClose')} onClick={onClose} />
          </header>
          <ImageView address={address} name={name} view={{ ...view, turn }} onView={setView} />
        </Modal.Body>
      </Modal.Content>
    </Modal.Root>
  )
}
