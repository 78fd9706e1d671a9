import { Center, Loader } from '@mantine/core'
import { Suspense } from 'react'
import { Route, Switch } from 'wouter'
import { lazyNamed } from './lazy.ts'
import { NotFoundPage } from './not-found-page.tsx'
import {
  ModelsRoute,
  ProjectRoute,
  ProjectsRoute,
  RequestsRoute,
  StartRoute,
  TaskRoute,
  TasksRoute,
} from './page-routes.tsx'
import { Frame } from './shell/frame.tsx'

const AnnotatePage = lazyNamed(() => import('./annotate-page.tsx'), 'AnnotatePage')

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
                <Route path="/" component={StartRoute} />
                <Route path="/projects" component={ProjectsRoute} />
                <Route path="/projects/:id" component={ProjectRoute} />
                <Route path="/tasks" component={TasksRoute} />
                <Route path="/tasks/:id" component={TaskRoute} />
                <Route path="/models" component={ModelsRoute} />
                <Route path="/requests" component={RequestsRoute} />
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
