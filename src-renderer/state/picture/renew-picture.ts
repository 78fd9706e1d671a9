import type { AnnotationDocument } from '../document.ts'
import type { FrameLoader } from '../frames.ts'

const busy = new WeakSet<FrameLoader>()
const again = new WeakSet<FrameLoader>()

/**
 * Show the frame's picture another way. While a slider moves, changes come faster than pictures: one is made at a time,
 * and after it the newest wish.
 */
export function renewPicture(document: AnnotationDocument, pictures: FrameLoader): void {
  if (busy.has(pictures)) {
    again.add(pictures)
    return
  }
  busy.add(pictures)
  void renew(document, pictures).finally(() => {
    busy.delete(pictures)
    if (again.delete(pictures)) renewPicture(document, pictures)
  })
}

async function renew(document: AnnotationDocument, pictures: FrameLoader): Promise<void> {
  const { frame } = document.state.getState()
  try {
    const picture = await pictures.renew(frame)
    if (document.state.getState().frame === frame) document.state.setState({ picture })
  } catch {
    // The core is away, or the frame was left: the next step shows the picture as it should be.
  }
}
