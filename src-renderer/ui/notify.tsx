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

export function notifyDone(title: string, message = ''): void {
  notifications.show({
    color: 'mark',
    title,
    message,
    icon: <IconCheck size={16} />,
    withBorder: true,
  })
}
