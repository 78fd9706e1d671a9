import { Button } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import i18next from 'i18next'

const ID = 'mask-left'
const OFFER_MS = 10_000

/** A mask of several strokes was left: for a while there is a way back. */
export function offerBack(takeUp: () => void): void {
  notifications.show({
    id: ID,
    title: i18next.t('masks:left'),
    message: (
      <Button
        size="compact-sm"
        mt={6}
        onClick={() => {
          notifications.hide(ID)
          takeUp()
        }}
      >
        {i18next.t('masks:takeUp')}
      </Button>
    ),
    autoClose: OFFER_MS,
    withBorder: true,
  })
}
