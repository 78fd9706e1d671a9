import { IconPhoto } from '@tabler/icons-react'
import { useState } from 'react'
import classes from './thumbnail.module.css'

interface Props {
  /** null while there is nothing to show yet. */
  readonly src: string | null
  readonly className?: string
}

/** A picture in a box; a quiet icon while there is none or when it cannot be loaded. Decoration: the text beside names it. */
export function Thumbnail({ src, className }: Props) {
  const [failed, setFailed] = useState<string | null>(null)
  return (
    <div className={`${classes.box} ${className ?? ''}`}>
      {src === null || failed === src ? (
        <IconPhoto size={22} stroke={1.4} aria-hidden="true" />
      ) : (
        <img
          src={src}
          alt=""
          loading="lazy"
          decoding="async"
          draggable={false}
          onError={() => setFailed(src)}
        />
      )}
    </div>
  )
}
