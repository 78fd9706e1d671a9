import type { Page } from 'playwright-core'
import { expect } from 'vitest'
import type { Annotation } from '#shared/domain/annotation.ts'
import { within } from './within.ts'
import type { OpenWorkspace } from './workspace.ts'

/** A place in the picture: image pixels, origin at its top-left corner. */
export type Place = readonly [x: number, y: number]
/** Two opposite corners, image pixels. */
export type Box = readonly [x1: number, y1: number, x2: number, y2: number]

/** Of the sample's pictures. */
const PICTURE = { width: 640, height: 480 }
/** CSS pixels around a fitted picture. */
const MARGIN = 16
/** On the stage, beside the fitted picture. */
const BESIDE: Place = [-12, 200]

/** Mouse and keys over an upright, fitted picture of the sample, and what the core has afterwards. */
export class Hand {
  readonly page: Page
  readonly #taskId: number

  constructor({ page, taskId }: Pick<OpenWorkspace, 'page' | 'taskId'>) {
    this.page = page
    this.#taskId = taskId
  }

  /** Where on the screen a place of the fitted picture is, CSS pixels. */
  async screen([x, y]: Place): Promise<[number, number]> {
    const host = await this.page.getByTestId('canvas').boundingBox()
    if (!host) throw new Error('no canvas')
    const scale = Math.min(
      (host.width - 2 * MARGIN) / PICTURE.width,
      (host.height - 2 * MARGIN) / PICTURE.height,
    )
    const { width, height } = PICTURE
    return [
      host.x + host.width / 2 + (x - width / 2) * scale,
      host.y + host.height / 2 + (y - height / 2) * scale,
    ]
  }

  async press(...keys: readonly string[]): Promise<void> {
    for (const key of keys)
      await within(`the page to take the key ${key}`, this.page.keyboard.press(key))
  }

  /** A chord such as `T+L`: the keys go down one after the other, and up again. */
  async chord(...keys: readonly string[]): Promise<void> {
    for (const key of keys) await this.page.keyboard.down(key)
    for (const key of [...keys].reverse()) await this.page.keyboard.up(key)
  }

  async holding<T>(key: string, doing: () => Promise<T>): Promise<T> {
    await this.page.keyboard.down(key)
    try {
      return await doing()
    } finally {
      await this.page.keyboard.up(key)
    }
  }

  /** The pointer comes to a place, as hands do, with a last small move. */
  async over(place: Place): Promise<void> {
    const [x, y] = await this.screen(place)
    await this.page.mouse.move(x + 4, y + 4)
    await this.page.mouse.move(x, y)
  }

  beside(): Promise<void> {
    return this.over(BESIDE)
  }

  async click(...places: readonly Place[]): Promise<void> {
    for (const place of places) {
      await this.over(place)
      await this.page.mouse.click(...(await this.screen(place)))
    }
  }

  async rightClick(place: Place): Promise<void> {
    await this.over(place)
    await this.page.mouse.click(...(await this.screen(place)), { button: 'right' })
  }

  /** Down and moved, not yet let go. */
  async pull(from: Place, to: Place, button: 'left' | 'middle' = 'left'): Promise<void> {
    await this.over(from)
    await this.page.mouse.down({ button })
    await this.page.mouse.move(...(await this.screen(to)), { steps: 4 })
  }

  async drag(from: Place, to: Place, button: 'left' | 'middle' = 'left'): Promise<void> {
    await this.pull(from, to, button)
    await this.page.mouse.up({ button })
  }

  /** A button of the rail, by its name. */
  tool(name: string): Promise<void> {
    return this.page.getByRole('button', { name, exact: true }).click()
  }

  async rectangle([x1, y1, x2, y2]: Box): Promise<Annotation> {
    return this.#drawn(async () => {
      await this.tool('Draw a rectangle')
      await this.drag([x1, y1], [x2, y2])
    })
  }

  /** Whatever takes clicks and N. */
  async outline(name: string, ...places: readonly Place[]): Promise<Annotation> {
    return this.#drawn(async () => {
      await this.tool(name)
      await this.click(...places)
      await this.press('n')
    })
  }

  async #drawn(drawing: () => Promise<void>): Promise<Annotation> {
    const before = await this.all()
    await drawing()
    await expect.poll(async () => (await this.all()).length).toBe(before.length + 1)
    const known = new Set(before.map(({ id }) => id))
    const made = (await this.all()).find(({ id }) => !known.has(id))
    if (!made) throw new Error('nothing was drawn')
    return made
  }

  /** What the core has of a frame (the one on screen), once all the page did has reached it. */
  async stored(frame?: number): Promise<{ revision: number; annotations: Annotation[] }> {
    await this.page.getByText('Saved', { exact: true }).waitFor()
    const at = frame ?? Number(await this.frame())
    const answer = this.page.evaluate(
      async ([task, index]) => {
        const response = await fetch(`/api/tasks/${task}/annotations/${index}`)
        return (await response.json()) as { revision: number; annotations: never[] }
      },
      [this.#taskId, at] as const,
    )
    return within(`the core's annotations of frame ${at}`, answer)
  }

  async all(frame?: number): Promise<Annotation[]> {
    return (await this.stored(frame)).annotations
  }

  /** The one that has this id on the frame on screen. */
  async now<T extends Annotation>({ id }: T): Promise<T> {
    const found = (await this.all()).find((one) => one.id === id)
    if (!found) throw new Error(`no annotation ${id}`)
    return found as T
  }

  frame(): Promise<string | null> {
    return this.page.getByTestId('canvas').getAttribute('data-frame')
  }

  /** Undo or redo, until the core has answered the page: only then does the page go to the frame it was on. */
  async travel(verb: 'undo' | 'redo'): Promise<void> {
    const [answer] = await Promise.all([
      this.page.waitForResponse((response) => response.url().endsWith(`/${verb}`)),
      this.press(verb === 'undo' ? 'Control+z' : 'Control+Shift+z'),
    ])
    await within(`the answer to ${verb}`, answer.finished())
  }

  /** On by a key, until that frame is on screen. */
  async step(key: string, to: number): Promise<void> {
    await this.press(key)
    await this.page.locator(`[data-testid=canvas][data-frame="${to}"]`).waitFor()
  }

  async goTo(frame: number): Promise<void> {
    await this.press('`')
    await this.page.keyboard.type(String(frame))
    await this.press('Enter')
    await this.page.locator(`[data-testid=canvas][data-frame="${frame}"]`).waitFor()
  }

  /** The image pixel under the pointer, as the status bar says it. */
  async pixel(): Promise<readonly number[]> {
    const text = await this.page.getByText(/^-?\d+, -?\d+$/).textContent()
    return (text ?? '').split(', ').map(Number)
  }

  /** The person's settings, as the page keeps them. */
  settings<T>(): Promise<T> {
    return this.page.evaluate(
      () => JSON.parse(localStorage.getItem('fieldmark.settings') ?? '{}') as never,
    )
  }

  /** An empty frame, no tool in hand, the pointer beside the picture, nothing held that a failed test did not let go. */
  async clear(): Promise<void> {
    await this.page.mouse.up()
    await this.press('Escape', 'Escape', 'Escape')
    await this.beside()
    await this.press('Control+a', 'Shift+Delete')
    await this.page.getByText('0 items', { exact: true }).waitFor()
  }
}
