import type { Connection } from '#shared/contract/connections.ts'

export type Environment = Readonly<Record<string, string | undefined>>

const DEFAULT_TIMEOUT_SECONDS = 120
const MOST_SECONDS = 3600

/**
 * What a new connection starts from: CVAT's environment variables where they are set, else CVAT's own defaults. Nothing is
 * connected by them alone.
 */
export function connectionDefaults(env: Environment): Connection {
  const said = (name: string, missing: string) => env[`CVAT_NUCLIO_${name}`]?.trim() || missing
  const seconds = Number(said('DEFAULT_TIMEOUT', String(DEFAULT_TIMEOUT_SECONDS)))
  const isTime = Number.isSafeInteger(seconds) && seconds >= 1 && seconds <= MOST_SECONDS
  const address = `${said('SCHEME', 'http')}://${said('HOST', 'localhost')}:${said('PORT', '8070')}`
  return {
    id: 'nuclio',
    name: 'Nuclio',
    via: 'dashboard',
    url: URL.canParse(address) ? address : 'http://localhost:8070',
    project: 'cvat',
    namespace: said('FUNCTION_NAMESPACE', 'nuclio'),
    invoke: said('INVOKE_METHOD', 'dashboard') === 'direct' ? 'direct' : 'dashboard',
    timeoutSeconds: isTime ? seconds : DEFAULT_TIMEOUT_SECONDS,
    enabled: true,
    functionYaml: '',
  }
}
