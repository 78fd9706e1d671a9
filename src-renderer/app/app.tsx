import { Notifications } from '@mantine/notifications'
import { QueryClientProvider } from '@tanstack/react-query'
import { DropZone } from '#renderer/features/files/drop-zone.tsx'
import { queryClient } from '#renderer/state/queries.ts'
import { DialogHost } from './dialogs/dialog-host.tsx'
import { ErrorBoundary } from './error-boundary.tsx'
import { LiveRegion } from './live-region.tsx'
import { PaletteHost } from './palette/palette-host.tsx'
import { Routes } from './routes.tsx'
import { SchemeFromSettings } from './scheme.tsx'
import { Themed } from './themed.tsx'

/** Everything a screen may count on being around it. */
export function App() {
  return (
    <Themed>
      <SchemeFromSettings />
      <QueryClientProvider client={queryClient}>
        <Notifications position="bottom-right" limit={4} autoClose={5000} />
        <ErrorBoundary>
          <Routes />
          <DialogHost />
          <PaletteHost />
          <DropZone />
          <LiveRegion />
        </ErrorBoundary>
      </QueryClientProvider>
    </Themed>
  )
}
