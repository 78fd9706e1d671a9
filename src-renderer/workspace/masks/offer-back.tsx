import { Button } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import i18next from 'i18next'

const ID = 'drawing-left'
const OFFER_MS = 10_000

/** A mask of several strokes, or an outline of several points, was left: for a while there is a way back. */
export function offerBack(what: 'mask' | 'outline', takeUp: () => void): void {
  notifications.show({
    id: ID,
    title: i18next.t(what === 'mask' ? 'masks:left' : 'masks:outlineLeft'),
    message: (
      <Button
        size="compact-sm"
        mt={6}
        onClick={() => {
          notifications.hide(ID)
          takeUp()
        }}
      >
        {i18next.t(what === 'mask' ? 'masks:takeUp' : 'masks:takeUpOutline')}
      </Button>
    ),
    autoClose: OFFER_MS,
    withBorder: true,
  })
}
