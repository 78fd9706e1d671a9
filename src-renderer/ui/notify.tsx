import { notifications } from '@mantine/notifications'
import { IconAlertTriangle, IconCheck } from '@tabler/icons-react'
import type { ErrorBody } from '#shared/errors/app-error.ts'

/** Something went wrong away from any form: stays until it is closed, because it says what to do. */
export function notifyProblem(problem: ErrorBody): void {
  notifications.show({
    id: `${problem.code}:${problem.message}`,
    color: 'red',
    title: problem.message,
    message: problem.remedy,
    icon: <IconAlertTriangle size={16} />,
    autoClose: 15_000,
    withBorder: true,
  })
}

/** @param id  of what may be done again and again: the newest takes the place of the one before */
export function notifyDone(title: string, message = '', id?: string): void {
  if (id !== undefined) notifications.hide(id)
  notifications.show({
    ...(id === undefined ? {} : { id }),
    color: 'mark',
    title,
    message,
    icon: <IconCheck size={16} />,
    withBorder: true,
  })
}
