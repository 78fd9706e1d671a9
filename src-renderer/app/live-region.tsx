import { useAnnouncement } from '#renderer/state/announce.ts'

/** Says aloud what `announce` was given; nothing to see. The no-break space makes the same words new ones. */
export function LiveRegion() {
  const { text, turn } = useAnnouncement()
  return (
    <div className="fm-only-heard" role="status" aria-live="polite" aria-atomic="true">
      {text}
      {turn % 2 === 1 ? '\u00a0' : ''}
    </div>
  )
}
