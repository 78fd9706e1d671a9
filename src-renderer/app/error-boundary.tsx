import { Component, type ErrorInfo, type ReactNode } from 'react'
import { CrashPage } from './crash-page.tsx'

interface Props {
  readonly children: ReactNode
}
interface State {
  readonly error: Error | null
}

/** React's only way to catch a render that threw is a class; everything it shows is in CrashPage. */
export class ErrorBoundary extends Component<Props, State> {
  override state: State = { error: null }

  static getDerivedStateFromError(error: unknown): State {
    return { error: error instanceof Error ? error : new Error(String(error)) }
  }

  override componentDidCatch(_error: Error, _info: ErrorInfo): void {
    // React has already reported it; the person sees CrashPage.
  }

  /** A chunk that is gone (Fieldmark was updated meanwhile) never comes back to this page; edits wait in the journal. */
  #retry(error: Error): void {
    if (/dynamically imported module|module script failed/i.test(error.message))
      window.location.reload()
    else this.setState({ error: null })
  }

  override render(): ReactNode {
    const { error } = this.state
    if (error) return <CrashPage error={error} onRetry={() => this.#retry(error)} />
    return this.props.children
  }
}
