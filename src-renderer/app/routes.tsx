import { Center, Loader } from '@mantine/core'
import { Suspense } from 'react'
import { Route, Switch } from 'wouter'
import { lazyNamed } from './lazy.ts'
import { NotFoundPage } from './not-found-page.tsx'
import { Frame } from './shell/frame.tsx'

const AnnotatePage = lazyNamed(() => import('./annotate-page.tsx'), 'AnnotatePage')
const StartPage = lazyNamed(() => import('#renderer/features/start/start-page.tsx'), 'StartPage')

/** The workspace fills the window; every other page lives in the frame with the side bar. */
export function Routes() {
  return (
    <Suspense fallback={<Waiting />}>
      <Switch>
        <Route path="/tasks/:taskId/annotate" component={AnnotatePage} />
        <Route path="/tasks/:taskId/jobs/:jobId" component={AnnotatePage} />
        <Route>
          <Frame>
            <Suspense fallback={<Waiting />}>
              <Switch>
                <Route path="/" component={StartPage} />
                <Route component={NotFoundPage} />
              </Switch>
            </Suspense>
          </Frame>
        </Route>
      </Switch>
    </Suspense>
  )
}

function Waiting() {
  return (
    <Center h="100%">
      <Loader size="sm" type="dots" />
    </Center>
  )
}
