/**
 * What the same key may mean in different situations: digits give labels in the standard workspace, attribute values in
 * attribute annotation, and a brush has keys only while it paints. An action that names a context has its keys only
 * while that context is on, and then it wins over an action without one.
 */
export type ActionContext =
  | 'standard'
  | 'tags'
  | 'attributes'
  | 'single-shape'
  | 'review'
  | 'drawing'
  | 'drawing-mask'
  | 'interacting'
  | 'joint'
  | 'deciding'
  | 'timeline'

/** The part of an action that says where its keys work. */
export interface Contextual {
  readonly context?: ActionContext | readonly ActionContext[]
}

/** Contexts that are on, the weaker first: `['attributes', 'drawing-mask']`. */
type CurrentContexts = () => readonly ActionContext[]

const none: CurrentContexts = () => []
let current: CurrentContexts = none

/** The annotation screen tells which contexts are on; asked at every key press. Returns how to take it back. */
export function registerContexts(contexts: CurrentContexts): () => void {
  current = contexts
  return () => {
    if (current === contexts) current = none
  }
}

export function currentContexts(): readonly ActionContext[] {
  return current()
}

/** The contexts an action is bound to; [] is everywhere. */
export function contextsOf({ context }: Contextual): readonly ActionContext[] {
  if (context === undefined) return []
  return typeof context === 'string' ? [context] : context
}

/**
 * How strongly an action claims its keys: -1 not at all (none of its contexts is on), 0 everywhere, else the place of
 * its strongest context, so that painting a mask beats the workspace it happens in.
 */
export function contextRank(action: Contextual, on: readonly ActionContext[]): number {
  const bound = contextsOf(action)
  if (bound.length === 0) return 0
  return on.reduce((rank, context, at) => (bound.includes(context) ? at + 1 : rank), -1)
}

/** Can both be meant by one key press? A bound action beats a free one, and different contexts never dispute. */
export function contextsMeet(a: Contextual, b: Contextual): boolean {
  const [ofA, ofB] = [contextsOf(a), contextsOf(b)]
  if (ofA.length === 0 || ofB.length === 0) return ofA.length === ofB.length
  return ofA.some((context) => ofB.includes(context))
}
