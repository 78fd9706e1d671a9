import type { ReactNode } from 'react'
import { Link } from 'wouter'
import classes from './media-card.module.css'
import { ShareBar } from './share-bar.tsx'
import { Thumbnail } from './thumbnail.tsx'

interface Props {
  readonly href: string
  readonly title: string
  readonly thumbnail: string | null
  /** Lower left, e.g. "1,200 frames · 5 min. ago". */
  readonly meta: string
  /** null when there is nothing to measure yet. */
  readonly share: number | null
  readonly shareLabel: string
  /** Small badges over the picture. */
  readonly badges?: ReactNode
  /** The button of a menu, over the picture's corner. */
  readonly menu?: ReactNode
}

/** A picture with a name and progress; the whole card is one link, the menu lies above it. */
export function MediaCard(props: Props) {
  return (
    <article className={classes.card}>
      <Link href={props.href} className={classes.link} aria-label={props.title} />
      <Thumbnail src={props.thumbnail} className={classes.picture ?? ''} />
      {props.badges && <div className={classes.badges}>{props.badges}</div>}
      {props.menu && <div className={classes.menu}>{props.menu}</div>}
      <div className={classes.body}>
        <div className={classes.title} title={props.title}>
          {props.title}
        </div>
        <div className={classes.meta}>{props.meta}</div>
        {props.share !== null && <ShareBar share={props.share} label={props.shareLabel} />}
      </div>
    </article>
  )
}
