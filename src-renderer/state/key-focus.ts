const ARROWS = new Set(['ArrowLeft', 'ArrowRight', 'ArrowUp', 'ArrowDown', 'Home', 'End'])

/**
 * True when a focused control has its own use for the key: Space and Enter press a button, arrows move a slider or walk
 * radio buttons, Tab goes on from where the focus is (with the focus nowhere, Tab is free for annotations).
 */
export function isForControl(target: EventTarget | null, key: string): boolean {
  if (typeof Element === 'undefined' || !(target instanceof Element)) return false
  if (target === target.ownerDocument.body) return false
  if (key === 'Tab') return true
  if (key === ' ' || key === 'Enter')
    return target.closest('button,a,input,summary,[role="slider"],[role="tab"]') !== null
  return ARROWS.has(key) && target.closest('input,[role="slider"],[role="tab"]') !== null
}

/** True where typed characters belong to the page element, not to us. */
export function isTyping(target: EventTarget | null): boolean {
  if (typeof HTMLElement === 'undefined' || !(target instanceof HTMLElement)) return false
  if (target.isContentEditable || target instanceof HTMLTextAreaElement) return true
  if (target instanceof HTMLSelectElement) return true
  const typed = new Set(['text', 'search', 'number', 'password', 'email', 'url', 'tel', ''])
  return target instanceof HTMLInputElement && typed.has(target.type)
}
