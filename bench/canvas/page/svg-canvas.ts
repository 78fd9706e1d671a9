import type { CanvasShape } from '#renderer/canvas/canvas-api.ts'
import { SIZE } from './scene.ts'

const NS = 'http://www.w3.org/2000/svg'

/** The peer: one SVG element per shape, as SVG based annotation canvases draw; the view is a transform on their group. */
export class SvgCanvas {
  readonly #canvas = document.createElement('canvas')
  readonly #svg = document.createElementNS(NS, 'svg')
  readonly #group = document.createElementNS(NS, 'g')

  constructor(host: HTMLElement) {
    this.#canvas.width = SIZE.width
    this.#canvas.height = SIZE.height
    this.#canvas.style.cssText = 'position:absolute;left:0;top:0;transform-origin:0 0'
    this.#svg.style.cssText = 'position:absolute;inset:0;width:100%;height:100%'
    this.#svg.append(this.#group)
    host.append(this.#canvas, this.#svg)
    this.setView(0.82, 0, 0)
  }

  setImage(image: ImageBitmap): void {
    this.#canvas.getContext('2d')?.drawImage(image, 0, 0)
  }

  setShapes(shapes: readonly CanvasShape[]): void {
    this.#group.replaceChildren(...shapes.map(elementOf))
  }

  add(shape: CanvasShape): void {
    this.#group.append(elementOf(shape))
  }

  setView(scale: number, x: number, y: number): void {
    this.#canvas.style.transform = `translate(${x}px,${y}px) scale(${scale})`
    this.#group.setAttribute('transform', `translate(${x} ${y}) scale(${scale})`)
  }

  drag(index: number, dx: number, dy: number): void {
    this.#group.children[index]?.setAttribute('transform', `translate(${dx} ${dy})`)
  }

  destroy(): void {
    this.#canvas.remove()
    this.#svg.remove()
  }
}

function elementOf({ points, color }: CanvasShape): SVGElement {
  const element = document.createElementNS(NS, 'polygon')
  element.setAttribute('points', points.join(' '))
  element.setAttribute('fill', color)
  element.setAttribute('fill-opacity', '0.2')
  element.setAttribute('stroke', color)
  element.setAttribute('stroke-width', '1.5')
  element.setAttribute('vector-effect', 'non-scaling-stroke')
  return element
}
