/**
 * Something chosen in a menu or a card begins work on the picture: keys mean that at once. Without this they belong to
 * what was clicked until it has faded, and Tab afterwards to whatever comes next on the page.
 */
export function releaseFocus(): void {
  if (document.activeElement instanceof HTMLElement) document.activeElement.blur()
}
