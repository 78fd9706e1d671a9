const SVG = 'http://www.w3.org/2000/svg'
const ID = 'fm-gamma'

/**
 * A CSS filter that raises every channel to 1 / gamma. CSS has no gamma of its own, SVG has; the one element it needs is
 * made when it is first asked for.
 */
export function gammaFilter(gamma: number): string {
  const transfer = document.getElementById(ID)?.firstElementChild ?? makeFilter()
  for (const channel of transfer.children) channel.setAttribute('exponent', String(1 / gamma))
  return `url(#${ID})`
}

function makeFilter(): Element {
  const svg = document.createElementNS(SVG, 'svg')
  svg.setAttribute('width', '0')
  svg.setAttribute('height', '0')
  svg.setAttribute('aria-hidden', 'true')
  svg.style.position = 'absolute'
  const filter = document.createElementNS(SVG, 'filter')
  filter.id = ID
  // Gamma is meant on the stored values, not on linear light.
  filter.setAttribute('color-interpolation-filters', 'sRGB')
  const transfer = document.createElementNS(SVG, 'feComponentTransfer')
  for (const name of ['feFuncR', 'feFuncG', 'feFuncB']) {
    const channel = document.createElementNS(SVG, name)
    channel.setAttribute('type', 'gamma')
    channel.setAttribute('amplitude', '1')
    channel.setAttribute('offset', '0')
    transfer.append(channel)
  }
  filter.append(transfer)
  svg.append(filter)
  document.body.append(svg)
  return transfer
}
